<#
.SYNOPSIS
    Writes what a staged module consists of as CycloneDX: AstroAuth.cdx.json beside the manifest.
.DESCRIPTION
    It is read from the files that are there. Each DLL that is not ours must be, byte for byte, one of the packages that
    were restored; the package says its licence. No time and nothing random gets in, so that the same files give the
    same text.
#>
param(
    [Parameter(Mandatory)] [string] $Staged,
    # project.assets.json of the engine.
    [Parameter(Mandatory)] [string] $Assets,
    # The framework by folder of deps/.
    [Parameter(Mandatory)] [hashtable] $Framework,
    [Parameter(Mandatory)] [string] $License
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$name = 'AstroAuth.cdx.json'
$graph = Get-Content -LiteralPath $Assets -Raw | ConvertFrom-Json -AsHashtable
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $Staged 'AstroAuth.psd1')

function Get-PackageFolder([string] $Key) {
    foreach ($folder in $graph.packageFolders.Keys) {
        $path = Join-Path $folder $graph.libraries[$Key].path
        if (Test-Path -LiteralPath $path) { return $path }
    }
    throw "Package $Key is not in a packages folder."
}

function Get-PackageLicense([string] $Key) {
    $nuspec = [xml](Get-Content -LiteralPath (Get-ChildItem -LiteralPath (Get-PackageFolder $Key) -Filter *.nuspec).FullName -Raw)
    $expression = $nuspec.SelectSingleNode('//*[local-name()="license"][@type="expression"]')
    if ($expression) { return $expression.InnerText }
    throw "Package $Key does not say its licence as an expression."
}

# The package (id/version) that a DLL of deps/ comes from; nothing for our own.
function Get-SourcePackage([string] $Path, [string] $Relative) {
    $parts = $Relative -split '/'
    if ($parts[0] -ne 'deps') { return }
    $hash = (Get-FileHash -LiteralPath $Path).Hash
    $other = ''
    foreach ($key in $graph.targets[$Framework[$parts[1]]].Keys | Where-Object { $graph.libraries[$_].type -eq 'package' }) {
        foreach ($asset in $graph.libraries[$key].files | Where-Object { ($_ -split '/')[-1] -eq $parts[-1] }) {
            if ((Get-FileHash -LiteralPath (Join-Path (Get-PackageFolder $key) $asset)).Hash -eq $hash) { return $key }
            $other = $key
        }
    }
    if ($other) { throw "$Relative is not the file of package $other." }
    if ($parts[-1] -notlike 'AstroAuth.*') { throw "$Relative comes from no package." }
}

function Get-Purl([string] $Key) { $id, $version = $Key -split '/'; "pkg:nuget/$id@$version" }
function Get-Sorted($Items) { $sorted = [string[]]@($Items); [Array]::Sort($sorted, [StringComparer]::Ordinal); $sorted }

$files = @{}
foreach ($file in Get-ChildItem -LiteralPath $Staged -Recurse -File -Force) {
    $files[[IO.Path]::GetRelativePath($Staged, $file.FullName).Replace('\', '/')] = $file.FullName
}
$files.Remove($name)

$own = [Collections.Generic.List[object]]::new()
$packages = @{}
foreach ($relative in Get-Sorted $files.Keys) {
    $part = [ordered]@{
        type      = 'file'
        'bom-ref' = "file:$relative"
        name      = $relative
        hashes    = @([ordered]@{ alg = 'SHA-256'; content = (Get-FileHash -LiteralPath $files[$relative]).Hash.ToLowerInvariant() })
    }
    $key = if ($relative -like '*.dll') { Get-SourcePackage $files[$relative] $relative }
    if (-not $key) { $own.Add($part); continue }
    if (-not $packages.ContainsKey($key)) { $packages[$key] = [Collections.Generic.List[object]]::new() }
    $packages[$key].Add($part)
}

$components = foreach ($key in Get-Sorted $packages.Keys) {
    $id, $version = $key -split '/'
    [ordered]@{
        type       = 'library'
        'bom-ref'  = Get-Purl $key
        name       = $id
        version    = $version
        licenses   = @(@{ license = [ordered]@{ id = Get-PackageLicense $key } })
        purl       = Get-Purl $key
        components = $packages[$key]
    }
}

# Who needs whom, of what ships; in either framework.
$needs = @{}
foreach ($tfm in $Framework.Values) {
    $target = $graph.targets[$tfm]
    $shipped = @{}
    foreach ($key in $target.Keys | Where-Object { $packages.ContainsKey($_) }) { $shipped[($key -split '/')[0]] = $key }
    foreach ($key in $shipped.Values) {
        if (-not $needs.ContainsKey($key)) { $needs[$key] = [Collections.Generic.HashSet[string]]::new() }
        if (-not $target[$key].ContainsKey('dependencies')) { continue }
        foreach ($id in $target[$key].dependencies.Keys) { if ($shipped.ContainsKey($id)) { $null = $needs[$key].Add((Get-Purl $shipped[$id])) } }
    }
}
$self = "AstroAuth@$($manifest.ModuleVersion)"
$direct = foreach ($tfm in $Framework.Values) { $graph.project.frameworks[$tfm].dependencies.Keys }
$dependencies = @(
    [ordered]@{ ref = $self; dependsOn = @(Get-Sorted @($packages.Keys | Where-Object { ($_ -split '/')[0] -in $direct } | ForEach-Object { Get-Purl $_ })) }
    foreach ($key in Get-Sorted $needs.Keys) { [ordered]@{ ref = Get-Purl $key; dependsOn = @(Get-Sorted $needs[$key]) } }
)

$bill = [ordered]@{
    '$schema'    = 'http://cyclonedx.org/schema/bom-1.6.schema.json'
    bomFormat    = 'CycloneDX'
    specVersion  = '1.6'
    serialNumber = ''
    version      = 1
    metadata     = [ordered]@{
        component = [ordered]@{
            type       = 'library'
            'bom-ref'  = $self
            supplier   = @{ name = $manifest.CompanyName }
            name       = 'AstroAuth'
            version    = $manifest.ModuleVersion
            licenses   = @(@{ license = [ordered]@{ id = $License } })
            components = $own
        }
    }
    components   = @($components)
    dependencies = $dependencies
}
# A name of its own for each content: a UUID of version 8, which is for what is made in one's own way.
$digest = [Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $bill -Depth 10 -Compress)))[0..15]
$digest[6] = ($digest[6] -band 0x0F) -bor 0x80
$digest[8] = ($digest[8] -band 0x3F) -bor 0x80
$bill.serialNumber = 'urn:uuid:{0}' -f ([Convert]::ToHexString($digest).ToLowerInvariant() -replace '^(.{8})(.{4})(.{4})(.{4})', '$1-$2-$3-$4-')
$text = (ConvertTo-Json $bill -Depth 10) -replace '\r\n', "`n"
Set-Content -LiteralPath (Join-Path $Staged $name) -Value "$text`n" -NoNewline
