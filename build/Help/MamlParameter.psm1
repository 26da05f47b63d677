#requires -Version 7.2
Set-StrictMode -Version Latest

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$common = @([Management.Automation.Cmdlet]::CommonParameters) + 'ProgressAction'

function Write-Para([Xml.XmlWriter] $Xml, [string] $Element, [string] $Namespace, [string[]] $Text) {
    $Xml.WriteStartElement($Element, $Namespace)
    foreach ($paragraph in $Text) { $Xml.WriteElementString('para', $maml, $paragraph) }
    $Xml.WriteEndElement()
}

function Get-TypeName([type] $Type) {
    $plain = [Nullable]::GetUnderlyingType($Type) ?? $Type
    # The names a user can type: string, SecureString, AstroConnection[].
    switch ($plain) {
        ([switch]) { return 'SwitchParameter' }
        ([string]) { return 'string' }
        ([int]) { return 'int' }
        ([bool]) { return 'bool' }
        ([object]) { return 'Object' }
    }
    if ($plain.IsArray) { return "$(Get-TypeName $plain.GetElementType())[]" }
    $plain.Name -replace '`\d+$'
}

# Inherited parameters come first in metadata; a reader expects those of the set's position first, then as declared.
function Get-SetParameter($Set) {
    $Set.Parameters |
        Where-Object Name -NotIn $common |
        Sort-Object @{ Expression = { $_.Position -lt 0 ? [int]::MaxValue : $_.Position } }, @{ Expression = { -not $_.IsMandatory } } -Stable
}

function Get-PipelineText($Parameter) {
    $ways = @(
        if ($Parameter.ValueFromPipeline) { 'ByValue' }
        if ($Parameter.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
    )
    $ways.Count ? "True ($($ways -join ', '))" : 'False'
}

function Get-AllowedValue([Management.Automation.ParameterMetadata] $Metadata) {
    $set = $Metadata.Attributes | Where-Object { $_ -is [ValidateSet] } | Select-Object -First 1
    if ($set) { return $set.ValidValues }
    $type = [Nullable]::GetUnderlyingType($Metadata.ParameterType) ?? $Metadata.ParameterType
    if ($type.IsArray) { $type = $type.GetElementType() }
    if ($type.IsEnum) { [Enum]::GetNames($type) }
}

# One parameter, in a syntax line or in the list of parameters.
function Write-Parameter([Xml.XmlWriter] $Xml, $Page, $Cmdlet, $Parameter, [switch] $InSyntax) {
    $metadata = $Cmdlet.Parameters[$Parameter.Name]
    $written = ($Page.Parameters.ContainsKey($Parameter.Name)) ? $Page.Parameters[$Parameter.Name] : $null
    $facts = $written ? $written.Facts : @{}
    $wildcards = [bool]($metadata.Attributes | Where-Object { $_ -is [Management.Automation.SupportsWildcardsAttribute] })
    $aliases = @($metadata.Aliases)

    $Xml.WriteStartElement('parameter', $command)
    $Xml.WriteAttributeString('required', "$($Parameter.IsMandatory)".ToLowerInvariant())
    $Xml.WriteAttributeString('variableLength', "$($metadata.ParameterType.IsArray)".ToLowerInvariant())
    $Xml.WriteAttributeString('globbing', ($facts['Accept wildcard characters'] ?? "$wildcards").ToLowerInvariant())
    $Xml.WriteAttributeString('pipelineInput', (Get-PipelineText $Parameter))
    $Xml.WriteAttributeString('position', ($Parameter.Position -lt 0 ? 'named' : "$($Parameter.Position)"))
    $Xml.WriteAttributeString('aliases', ($aliases ? ($aliases -join ', ') : 'none'))
    $Xml.WriteElementString('name', $maml, $Parameter.Name)
    Write-Para $Xml 'description' $maml ($written ? $written.Description : (Get-StockDescription $Parameter.Name))

    $type = Get-TypeName $metadata.ParameterType
    $isSwitch = $metadata.ParameterType -eq [switch]
    $values = @(Get-AllowedValue $metadata)
    if ($InSyntax -and $values.Count) {
        $Xml.WriteStartElement('parameterValueGroup', $command)
        foreach ($value in $values) {
            $Xml.WriteStartElement('parameterValue', $command)
            $Xml.WriteAttributeString('required', 'false')
            $Xml.WriteString($value)
            $Xml.WriteEndElement()
        }
        $Xml.WriteEndElement()
    }
    if (-not ($InSyntax -and $isSwitch)) {
        $Xml.WriteStartElement('parameterValue', $command)
        $Xml.WriteAttributeString('required', "$(-not $isSwitch)".ToLowerInvariant())
        $Xml.WriteAttributeString('variableLength', "$($metadata.ParameterType.IsArray)".ToLowerInvariant())
        $Xml.WriteString($type)
        $Xml.WriteEndElement()
    }
    $Xml.WriteStartElement('type', $dev)
    $Xml.WriteElementString('name', $maml, $type)
    $Xml.WriteEndElement()
    $Xml.WriteElementString('defaultValue', $dev, ($facts['Default value'] ?? ($isSwitch ? 'False' : 'None')))
    $Xml.WriteEndElement()
}

# Parameters that PowerShell adds are the same on every page.
function Get-StockDescription([string] $Name) {
    switch ($Name) {
        'WhatIf' { 'Shows what would happen if the cmdlet runs. The cmdlet is not run.' }
        'Confirm' { 'Prompts you for confirmation before running the cmdlet.' }
    }
}

Export-ModuleMember -Function Write-Para, Get-SetParameter, Write-Parameter
