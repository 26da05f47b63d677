#requires -Version 7.4
#requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PSResourceGet'; ModuleVersion = '1.1.0' }
<#
.SYNOPSIS
    Packs a staged module as Publish-PSResource does, into the same bytes for the same files.
.DESCRIPTION
    PSResourceGet makes the package. What it makes up anew each time (the order, times and rights of the entries, a random
    name, the machine's version) is then replaced by what is always the same. Gives the path of the package.
#>
param(
    [Parameter(Mandatory)] [string] $Staged,
    [Parameter(Mandatory)] [string] $Destination
)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Support/Archive.psm1') -Force

# Its parts in order, by name and not by where they were found, and without what tells of the machine.
function ConvertTo-StableXml([byte[]] $Content, [scriptblock] $Change) {
    $document = [xml]::new()
    $document.Load([IO.MemoryStream]::new($Content))
    & $Change $document.DocumentElement
    $stream = [IO.MemoryStream]::new()
    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [Xml.XmlWriter]::Create($stream, $settings)
    $document.Save($writer)
    $writer.Dispose()
    , $stream.ToArray()
}

function Sort-Child($Element, [string[]] $By) {
    $children = @($Element.ChildNodes | Sort-Object -Property { $node = $_; ($By | ForEach-Object { $node.GetAttribute($_) }) -join ' ' })
    foreach ($child in $children) { $null = $Element.AppendChild($child) }
    $children
}

$work = Join-Path ([IO.Path]::GetTempPath()) "astroauth-pack-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
$null = New-Item -ItemType Directory -Path $work
try {
    $made = Compress-PSResource -Path $Staged -DestinationPath $work -PassThru
    $entries = Read-Archive $made.FullName
    $core = @($entries.Keys | Where-Object { $_ -like '*.psmdcp' })
    if ($core.Count -ne 1) { throw "$($made.Name) should have one part with core properties." }
    $stableCore = 'package/services/metadata/core-properties/AstroAuth.psmdcp'

    $properties = ConvertTo-StableXml $entries[$core[0]] {
        param($root)
        $root.SelectNodes('*[local-name()="lastModifiedBy"]') | ForEach-Object { $null = $root.RemoveChild($_) }
    }
    $entries.Remove($core[0])
    $entries[$stableCore] = $properties
    $entries['_rels/.rels'] = ConvertTo-StableXml $entries['_rels/.rels'] {
        param($root)
        foreach ($relation in $root.ChildNodes) { if ($relation.GetAttribute('Target') -eq "/$($core[0])") { $relation.SetAttribute('Target', "/$stableCore") } }
        $number = 0
        Sort-Child $root Type | ForEach-Object { $number++; $_.SetAttribute('Id', "R$number") }
    }
    $entries['[Content_Types].xml'] = ConvertTo-StableXml $entries['[Content_Types].xml'] {
        param($root)
        $null = Sort-Child $root Extension, PartName
    }

    $package = Join-Path $Destination $made.Name
    Write-Archive -Path $package -Entries $entries
    $package
}
finally { Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore }
