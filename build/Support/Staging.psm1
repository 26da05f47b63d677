#requires -Version 7.2
Set-StrictMode -Version Latest

<#
.SYNOPSIS
    The properties of Directory.Build.props that the build script shares with the projects.
#>
function Get-ProjectProperty {
    param([Parameter(Mandatory)] [string] $Path)

    $properties = [ordered]@{}
    foreach ($group in ([xml](Get-Content -LiteralPath $Path -Raw)).Project.PropertyGroup) {
        foreach ($node in $group.ChildNodes) {
            if ($node -is [Xml.XmlElement]) { $properties[$node.LocalName] = $node.InnerText }
        }
    }
    [pscustomobject]$properties
}

function Clear-Folder([string] $Path) {
    if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $Path
}

<#
.SYNOPSIS
    Refuses a dependency that must not travel with the module.
#>
function Assert-Dependency([string] $Path) {
    if ([IO.Path]::GetFileName($Path) -eq 'System.Management.Automation.dll') {
        throw "$Path must not be staged: PowerShell brings it."
    }

    $stream = [IO.File]::OpenRead($Path)
    try {
        $image = [Reflection.PortableExecutable.PEReader]::new($stream)
        if (-not $image.HasMetadata) { return }
        $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($image)
        foreach ($handle in $metadata.GetAssemblyDefinition().GetCustomAttributes()) {
            $constructor = $metadata.GetCustomAttribute($handle).Constructor
            if ($constructor.Kind -ne 'MemberReference') { continue }
            $member = $metadata.GetMemberReference([Reflection.Metadata.MemberReferenceHandle]$constructor)
            if ($member.Parent.Kind -ne 'TypeReference') { continue }
            $type = $metadata.GetTypeReference([Reflection.Metadata.TypeReferenceHandle]$member.Parent)
            if ($metadata.GetString($type.Name) -eq 'ReferenceAssemblyAttribute') {
                throw "$Path must not be staged: it is a reference assembly and cannot run."
            }
        }
    }
    finally { $stream.Dispose() }
}

<#
.SYNOPSIS
    What the changelog says of a version.
#>
function Get-ReleaseNote {
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Version)

    $text = (Get-Content -LiteralPath $Path -Raw) -replace '\r\n', "`n"
    $section = [regex]::Match($text, "(?ms)^## \[$([regex]::Escape($Version))\][^\n]*\n(.*?)(?=^## |\z)")
    if (-not $section.Success) { throw "$Path has no section for version $Version." }
    $section.Groups[1].Value.Trim()
}

# The manifest names the changelog; what is staged has its text.
function Write-StagedManifest([string] $Root, [string] $Destination) {
    $source = Join-Path $Root 'AstroAuth.psd1'
    $notes = Get-ReleaseNote -Path (Join-Path $Root 'CHANGELOG.md') -Version (Import-PowerShellDataFile -LiteralPath $source).ModuleVersion
    # Windows PowerShell reads a file without a mark as the machine's code page.
    if ($notes -match '[^\x00-\x7F]') { throw "CHANGELOG.md has a character outside ASCII: $($Matches[0])" }
    $pattern = "'CHANGELOG.md'"
    $text = (Get-Content -LiteralPath $source -Raw) -replace '\r\n', "`n"
    if (-not $text.Contains($pattern)) { throw "$source must say ReleaseNotes = $pattern." }
    Set-Content -LiteralPath (Join-Path $Destination 'AstroAuth.psd1') -Value $text.Replace($pattern, "@'`n$notes`n'@") -NoNewline
}

<#
.SYNOPSIS
    Lays out the module at Destination.
#>
function New-StagedModule {
    param(
        [Parameter(Mandatory)] [string] $Destination,
        [Parameter(Mandatory)] [string] $Root,
        [Parameter(Mandatory)] [string[]] $Binary,
        # Folder of deps/ => build output whose DLLs it takes.
        [Parameter(Mandatory)] [hashtable] $Dependency
    )

    # Other versions would be importable from the same folder.
    Clear-Folder (Split-Path $Destination)
    $null = New-Item -ItemType Directory -Path $Destination, (Join-Path $Destination 'en-US'), (Join-Path $Destination 'views')

    Copy-Item -LiteralPath ($Binary + (Join-Path $Root 'LICENSE') + (Join-Path $Root 'THIRD-PARTY-NOTICES.md')) -Destination $Destination
    Write-StagedManifest $Root $Destination
    Copy-Item -Path (Join-Path $Root 'src/AstroAuth/Views/*.ps1xml') -Destination (Join-Path $Destination 'views')

    # What lies beside the manifest is loaded once, for both sides; a second copy in deps/ would be another type.
    $shared = @($Binary | ForEach-Object { [IO.Path]::GetFileName($_) })
    foreach ($name in $Dependency.Keys) {
        $folder = New-Item -ItemType Directory -Path (Join-Path $Destination "deps/$name")
        $libraries = @(Get-ChildItem -LiteralPath $Dependency[$name] -Filter *.dll | Where-Object Name -NotIn $shared)
        if ($libraries.Count -eq 0) { throw "$($Dependency[$name]) has no DLL to stage." }
        foreach ($library in $libraries) {
            Assert-Dependency $library.FullName
            Copy-Item -LiteralPath $library.FullName -Destination $folder.FullName
        }
    }
}

<#
.SYNOPSIS
    Lays out the contract double of SecretManagement as an importable module.
#>
function New-VaultDouble {
    param(
        [Parameter(Mandatory)] [string] $Destination,
        [Parameter(Mandatory)] [string] $Project,
        [Parameter(Mandatory)] [string] $Binary
    )

    $manifest = Join-Path $Project 'Microsoft.PowerShell.SecretManagement.psd1'
    $version = (Import-PowerShellDataFile -LiteralPath $manifest).ModuleVersion
    Clear-Folder $Destination
    $folder = New-Item -ItemType Directory -Path (Join-Path $Destination "Microsoft.PowerShell.SecretManagement/$version")
    Copy-Item -LiteralPath $manifest, (Join-Path $Binary 'Microsoft.PowerShell.SecretManagement.dll') -Destination $folder.FullName
}

Export-ModuleMember -Function Get-ProjectProperty, Get-ReleaseNote, New-StagedModule, New-VaultDouble
