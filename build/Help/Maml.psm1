#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'MamlParameter.psm1')

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
# What the viewer leaves of 80 columns.
$width = 76

function Write-Type([Xml.XmlWriter] $Xml, [string] $List, [string] $Item, [object[]] $Type) {
    $Xml.WriteStartElement($List, $command)
    foreach ($one in $Type) {
        $Xml.WriteStartElement($Item, $command)
        $Xml.WriteStartElement('type', $dev)
        $Xml.WriteElementString('name', $maml, $one.Type)
        $Xml.WriteEndElement()
        Write-Para $Xml 'description' $maml $one.Text
        $Xml.WriteEndElement()
    }
    $Xml.WriteEndElement()
}

function Get-InputType($Cmdlet) {
    $types = @($Cmdlet.ParameterSets.Parameters | Where-Object ValueFromPipeline | ForEach-Object { $_.ParameterType.FullName } | Select-Object -Unique)
    if (-not $types) { $types = @('None') }
    foreach ($type in $types) { [pscustomobject]@{ Type = $type; Text = @() } }
}

function Get-OutputType($Cmdlet) {
    $types = @($Cmdlet.OutputType | ForEach-Object Name | Select-Object -Unique)
    if (-not $types) { $types = @('None') }
    foreach ($type in $types) { [pscustomobject]@{ Type = $type; Text = @() } }
}

function Write-Example([Xml.XmlWriter] $Xml, [object[]] $Example) {
    $Xml.WriteStartElement('examples', $command)
    $number = 0
    foreach ($one in $Example) {
        $number++
        $Xml.WriteStartElement('example', $command)
        # The viewer prints the title as it is; the dashes are the custom, as many as a line of 80 columns has room for.
        $title = "Example $number`: $($one.Title)"
        $dashes = '-' * [Math]::Clamp((($width - $title.Length) -shr 1) - 1, 1, 26)
        $Xml.WriteElementString('title', $maml, "$dashes $title $dashes")
        $Xml.WriteElementString('code', $dev, $one.Code)
        # A blank line ahead of the remark keeps it off the code.
        Write-Para $Xml 'remarks' $dev (@('') + @($one.Remark))
        $Xml.WriteEndElement()
    }
    $Xml.WriteEndElement()
}

function Write-Link([Xml.XmlWriter] $Xml, $Page, $Cmdlet) {
    $links = @(
        # Get-Help -Online opens the first address it finds.
        if ($Cmdlet.HelpUri) { [pscustomobject]@{ Text = 'Online Version:'; Uri = $Cmdlet.HelpUri } }
        $Page.Links | Where-Object { $_.Uri -ne $Cmdlet.HelpUri -or -not $_.Uri }
    )
    $Xml.WriteStartElement('relatedLinks', $maml)
    foreach ($link in $links) {
        $Xml.WriteStartElement('navigationLink', $maml)
        $Xml.WriteElementString('linkText', $maml, $link.Text)
        $Xml.WriteElementString('uri', $maml, $link.Uri)
        $Xml.WriteEndElement()
    }
    $Xml.WriteEndElement()
}

function Write-Command([Xml.XmlWriter] $Xml, $Page, $Cmdlet) {
    $unknown = @($Page.Parameters.Keys | Where-Object { -not $Cmdlet.Parameters.ContainsKey($_) })
    if ($unknown) { throw "The page of $($Page.Name) describes parameters it does not have: $($unknown -join ', ')." }

    $Xml.WriteStartElement('command', 'command', $command)
    $Xml.WriteAttributeString('xmlns', 'maml', $null, $maml)
    $Xml.WriteAttributeString('xmlns', 'dev', $null, $dev)

    $Xml.WriteStartElement('details', $command)
    $Xml.WriteElementString('name', $command, $Cmdlet.Name)
    $Xml.WriteElementString('verb', $command, $Cmdlet.Verb)
    $Xml.WriteElementString('noun', $command, $Cmdlet.Noun)
    Write-Para $Xml 'description' $maml $Page.Synopsis
    $Xml.WriteEndElement()

    Write-Para $Xml 'description' $maml $Page.Description

    $sets = @($Cmdlet.ParameterSets | Sort-Object @{ Expression = { -not $_.IsDefault } } -Stable)
    $Xml.WriteStartElement('syntax', $command)
    foreach ($set in $sets) {
        $Xml.WriteStartElement('syntaxItem', $command)
        $Xml.WriteElementString('name', $maml, $Cmdlet.Name)
        foreach ($parameter in Get-SetParameter $set) { Write-Parameter $Xml $Page $Cmdlet $parameter -InSyntax }
        $Xml.WriteEndElement()
    }
    $Xml.WriteEndElement()

    # A parameter of several sets is told once, as it is in the first that has it.
    $seen = [Collections.Generic.HashSet[string]]::new()
    $Xml.WriteStartElement('parameters', $command)
    foreach ($parameter in $sets | ForEach-Object { Get-SetParameter $_ }) {
        if ($seen.Add($parameter.Name)) { Write-Parameter $Xml $Page $Cmdlet $parameter }
    }
    $Xml.WriteEndElement()

    Write-Type $Xml 'inputTypes' 'inputType' ($Page.Inputs ? $Page.Inputs : @(Get-InputType $Cmdlet))
    Write-Type $Xml 'returnValues' 'returnValue' ($Page.Outputs ? $Page.Outputs : @(Get-OutputType $Cmdlet))
    if ($Page.Notes) {
        $Xml.WriteStartElement('alertSet', $maml)
        Write-Para $Xml 'alert' $maml $Page.Notes
        $Xml.WriteEndElement()
    }
    Write-Example $Xml $Page.Examples
    Write-Link $Xml $Page $Cmdlet
    $Xml.WriteEndElement()
}

<#
.SYNOPSIS
    Writes the pages (Topic) of cmdlets (Command) as one MAML file.
#>
function Export-Maml {
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [object[]] $Topic,
        [Parameter(Mandatory)] [string] $Path
    )

    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($true) }
    $xml = [Xml.XmlWriter]::Create($Path, $settings)
    try {
        $xml.WriteStartElement('helpItems', 'http://msh')
        $xml.WriteAttributeString('schema', 'maml')
        foreach ($one in $Topic) { Write-Command $xml $one.Topic $one.Command }
        $xml.WriteEndElement()
    }
    finally { $xml.Dispose() }
}

Export-ModuleMember -Function Export-Maml
