<#
.SYNOPSIS
    Packs a staged module into a .nupkg, the same bytes for the same files.
#>
param(
    [Parameter(Mandatory)] [string] $Staged,
    [Parameter(Mandatory)] [string] $Destination,
    [Parameter(Mandatory)] [string] $License
)

$ErrorActionPreference = 'Stop'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $Staged 'AstroAuth.psd1')
$data = $manifest.PrivateData.PSData
$version = $data['Prerelease'] ? "$($manifest.ModuleVersion)-$($data['Prerelease'].TrimStart('-'))" : $manifest.ModuleVersion
$cmdlets = @($manifest.CmdletsToExport | Sort-Object)
# The tags by which a repository's search finds a module and its commands.
$tags = @('PSModule') + @($data['Tags']) + @($manifest.CompatiblePSEditions | ForEach-Object { "PSEdition_$_" }) +
    'PSIncludes_Cmdlet' + @($cmdlets | ForEach-Object { "PSCmdlet_$_" }) + @($cmdlets | ForEach-Object { "PSCommand_$_" })

function New-XmlText([scriptblock] $Content) {
    $stream = [IO.MemoryStream]::new()
    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [Xml.XmlWriter]::Create($stream, $settings)
    & $Content $writer
    $writer.Dispose()
    [Text.Encoding]::UTF8.GetString($stream.ToArray())
}

$nuspec = New-XmlText {
    param($xml)
    $xml.WriteStartElement('package', 'http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd')
    $xml.WriteStartElement('metadata')
    $elements = [ordered]@{
        id                       = 'AstroAuth'
        version                  = $version
        authors                  = $manifest.Author
        owners                   = $manifest.CompanyName
        requireLicenseAcceptance = "$([bool]$data['RequireLicenseAcceptance'])".ToLowerInvariant()
        license                  = $License
        projectUrl               = $data['ProjectUri']
        description              = $manifest.Description
        releaseNotes             = $data['ReleaseNotes']
        copyright                = $manifest.Copyright
        tags                     = ($tags | Select-Object -Unique) -join ' '
    }
    foreach ($name in $elements.Keys) {
        if (-not $elements[$name]) { continue }
        $xml.WriteStartElement($name)
        if ($name -eq 'license') { $xml.WriteAttributeString('type', 'expression') }
        $xml.WriteString($elements[$name])
        $xml.WriteEndElement()
    }
    $xml.WriteEndElement()
    $xml.WriteEndElement()
}

$relations = New-XmlText {
    param($xml)
    $xml.WriteStartElement('Relationships', 'http://schemas.openxmlformats.org/package/2006/relationships')
    $xml.WriteStartElement('Relationship')
    $xml.WriteAttributeString('Type', 'http://schemas.microsoft.com/packaging/2010/07/manifest')
    $xml.WriteAttributeString('Target', '/AstroAuth.nuspec')
    $xml.WriteAttributeString('Id', 'R1')
    $xml.WriteEndElement()
    $xml.WriteEndElement()
}

$files = @(Get-ChildItem -LiteralPath $Staged -Recurse -File | ForEach-Object {
        [pscustomobject]@{ Name = [IO.Path]::GetRelativePath($Staged, $_.FullName).Replace('\', '/'); Path = $_.FullName }
    })
$types = New-XmlText {
    param($xml)
    $xml.WriteStartElement('Types', 'http://schemas.openxmlformats.org/package/2006/content-types')
    $known = @{ rels = 'application/vnd.openxmlformats-package.relationships+xml' }
    $extensions = @('rels', 'nuspec') + @($files | ForEach-Object { [IO.Path]::GetExtension($_.Name).TrimStart('.') } | Where-Object { $_ })
    foreach ($extension in $extensions | Sort-Object -Unique) {
        $xml.WriteStartElement('Default')
        $xml.WriteAttributeString('Extension', $extension)
        $xml.WriteAttributeString('ContentType', $known[$extension] ?? 'application/octet-stream')
        $xml.WriteEndElement()
    }
    foreach ($file in $files | Where-Object { -not [IO.Path]::GetExtension($_.Name) }) {
        $xml.WriteStartElement('Override')
        $xml.WriteAttributeString('PartName', "/$($file.Name)")
        $xml.WriteAttributeString('ContentType', 'application/octet-stream')
        $xml.WriteEndElement()
    }
    $xml.WriteEndElement()
}

$entries = [Collections.Generic.SortedDictionary[string, byte[]]]::new([StringComparer]::Ordinal)
foreach ($file in $files) { $entries[$file.Name] = [IO.File]::ReadAllBytes($file.Path) }
$entries['AstroAuth.nuspec'] = [Text.Encoding]::UTF8.GetBytes($nuspec)
$entries['_rels/.rels'] = [Text.Encoding]::UTF8.GetBytes($relations)
$entries['[Content_Types].xml'] = [Text.Encoding]::UTF8.GetBytes($types)

$package = Join-Path $Destination "AstroAuth.$version.nupkg"
$stream = [IO.File]::Create($package)
$archive = [IO.Compression.ZipArchive]::new($stream, [IO.Compression.ZipArchiveMode]::Create)
foreach ($name in $entries.Keys) {
    $entry = $archive.CreateEntry($name, [IO.Compression.CompressionLevel]::Optimal)
    # The oldest date that a zip file can say: nothing of the build's time gets in.
    $entry.LastWriteTime = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
    $target = $entry.Open()
    $target.Write($entries[$name], 0, $entries[$name].Length)
    $target.Dispose()
}
$archive.Dispose()
$stream.Dispose()
$package
