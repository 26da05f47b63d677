#requires -Version 7.2
Set-StrictMode -Version Latest

# What each file of the baseline holds and what a change of it means; this is also the head of the file.
$files = [ordered]@{
    cmdlets = 'Cmdlets, what they give and what they take: one line for each parameter in each set.'
    types   = 'Public types that cmdlets give, take or throw, with their members.'
    errors  = 'Error ids.'
    wall    = 'Public types that only the DLLs of this module use among themselves. Nobody is promised these.'
}

function Get-TypeText([type] $Type) {
    if ($Type.IsArray) { return "$(Get-TypeText $Type.GetElementType())[]" }
    $underlying = [Nullable]::GetUnderlyingType($Type)
    if ($underlying) { return "$(Get-TypeText $underlying)?" }
    if (-not $Type.IsGenericType) { return $Type.Name }
    '{0}<{1}>' -f ($Type.Name -replace '`\d+$'), (($Type.GetGenericArguments() | ForEach-Object { Get-TypeText $_ }) -join ', ')
}

# The types a type is made of: of an array its items, of a list what is in it.
function Expand-Type([type] $Type) {
    if ($Type.HasElementType) { Expand-Type $Type.GetElementType(); return }
    $Type
    if ($Type.IsGenericType) { $Type.GetGenericArguments() | ForEach-Object { Expand-Type $_ } }
}

function Get-OwnParameter($Command) {
    $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
    $Command.Parameters.Values | Where-Object Name -NotIn $common
}

function Get-CmdletSurface($Command) {
    $attribute = $Command.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0]
    $confirm = if ($attribute.SupportsShouldProcess) { ", confirms $($attribute.ConfirmImpact)" }
    "$($Command.Name): a cmdlet, set $($Command.DefaultParameterSet ? $Command.DefaultParameterSet : 'none') by default$confirm"
    foreach ($output in $Command.OutputType) { "$($Command.Name): gives $($output.Name -replace '^AstroAuth\.')" }
    foreach ($parameter in Get-OwnParameter $Command) {
        $start = "$($Command.Name) -$($parameter.Name) <$(Get-TypeText $parameter.ParameterType)>"
        foreach ($alias in $parameter.Aliases) { "$start alias $alias" }
        foreach ($values in $parameter.Attributes | Where-Object { $_ -is [ValidateSet] }) {
            foreach ($value in $values.ValidValues) { "$start value $value" }
        }
        foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
            $facts = @(
                if ($set.Value.IsMandatory) { 'mandatory' }
                if ($set.Value.Position -ge 0) { "position $($set.Value.Position)" }
                if ($set.Value.ValueFromPipeline) { 'from the pipeline' }
                if ($set.Value.ValueFromPipelineByPropertyName) { 'from the pipeline by property name' }
                if ($set.Value.ValueFromRemainingArguments) { 'takes the rest' }
            ) -join ', '
            "$start in $($set.Key -eq '__AllParameterSets' ? 'every set' : "set $($set.Key)")$($facts ? ": $facts" : '')"
        }
    }
}

function Test-Generated($Member) {
    @($Member.GetCustomAttributes($false) | Where-Object { $_.GetType().Name -eq 'CompilerGeneratedAttribute' }).Count -gt 0
}

function Get-ParameterText($Method) {
    ($Method.GetParameters() | ForEach-Object { "$(Get-TypeText $_.ParameterType) $($_.Name)$($_.IsOptional ? ' = default' : '')" }) -join ', '
}

function Get-TypeSurface([type] $Type) {
    $name = Get-TypeText $Type
    if ($Type.IsEnum) {
        "${name}: an enum"
        foreach ($value in [Enum]::GetNames($Type)) { "$name.$value = $([int][Enum]::Parse($Type, $value))" }
        return
    }
    $kind = $Type.IsInterface ? 'an interface' : $Type.IsAbstract ? 'an abstract class' : $Type.IsSealed ? 'a sealed class' : 'a class'
    $base = if ($Type.BaseType -and $Type.BaseType -ne [object]) { ", a $(Get-TypeText $Type.BaseType)" }
    "${name}: $kind$base"
    # Only what a type adds; records bring much that the compiler writes, and everything has what object has.
    $flags = [Reflection.BindingFlags]'Public, Instance, Static, DeclaredOnly'
    foreach ($constructor in $Type.GetConstructors($flags)) { "$name.new($(Get-ParameterText $constructor))" }
    foreach ($property in $Type.GetProperties($flags)) {
        $access = @(if ($property.GetGetMethod()) { 'get' }; if ($property.GetSetMethod()) { 'set' }) -join ', '
        "$name.$($property.Name) { $access } $(Get-TypeText $property.PropertyType)"
    }
    foreach ($field in $Type.GetFields($flags)) { "$name.$($field.Name) $(Get-TypeText $field.FieldType)" }
    foreach ($method in $Type.GetMethods($flags) | Where-Object { -not $_.IsSpecialName -and -not (Test-Generated $_) }) {
        if ($method.GetBaseDefinition().DeclaringType -eq [object]) { continue }
        "$name.$($method.Name)($(Get-ParameterText $method)) $(Get-TypeText $method.ReturnType)"
    }
}

# Our own types that a user can get hold of: what cmdlets give and take, errors, and from there on.
function Get-ReachedType([type[]] $Public, $Commands) {
    $reached = [Collections.Generic.HashSet[type]]::new()
    $waiting = [Collections.Generic.Queue[type]]::new()
    foreach ($command in $Commands) {
        $command.OutputType | Where-Object Type | ForEach-Object { $waiting.Enqueue($_.Type) }
        Get-OwnParameter $command | ForEach-Object { $waiting.Enqueue($_.ParameterType) }
    }
    foreach ($type in $Public) { if ($type.IsSubclassOf([Exception])) { $waiting.Enqueue($type) } }
    while ($waiting.Count) {
        foreach ($type in Expand-Type $waiting.Dequeue()) {
            if ($type -notin $Public -or -not $reached.Add($type)) { continue }
            if ($type.BaseType) { $waiting.Enqueue($type.BaseType) }
            foreach ($property in $type.GetProperties()) { $waiting.Enqueue($property.PropertyType) }
        }
    }
    $reached
}

<#
.SYNOPSIS
    The public surface of the module that is imported: lines of text for each file of the baseline, sorted.
#>
function Get-Surface {
    param(
        # The folder of the sources, which name the error ids.
        [Parameter(Mandatory)] [string] $Root
    )

    $commands = @(Get-Command -Module AstroAuth)
    $assembly = (Get-Command Connect-Astro).ImplementingType.Assembly
    $shared = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AstroAuth.Abstractions' }
    [type[]]$public = @($assembly, $shared | ForEach-Object { $_.GetExportedTypes() } | Where-Object { $_ -notin $commands.ImplementingType })
    $reached = Get-ReachedType $public $commands
    $strings = 'AstroAuth', 'AstroAuth.Engine' | ForEach-Object { Get-Content -Path (Join-Path $Root "src/$_/Strings*.cs") -Raw }

    $lines = @{
        cmdlets = $commands | ForEach-Object { Get-CmdletSurface $_ }
        types   = $reached | ForEach-Object { Get-TypeSurface $_ }
        errors  = [regex]::Matches("$strings", 'const string (\w+) =').ForEach({ $_.Groups[1].Value })
        wall    = $public | Where-Object { $_ -notin $reached } | ForEach-Object { Get-TypeText $_ }
    }
    $surface = [ordered]@{}
    foreach ($name in $files.Keys) {
        $sorted = [string[]]@($lines[$name])
        [Array]::Sort($sorted, [StringComparer]::Ordinal)
        $surface[$name] = $sorted
    }
    $surface
}

<#
.SYNOPSIS
    Writes a surface as the new baseline.
#>
function Write-Surface {
    param([Parameter(Mandatory)] [Collections.IDictionary] $Surface, [Parameter(Mandatory)] [string] $Folder)

    foreach ($name in $Surface.Keys) {
        $head = "# $($files[$name])", '# Compared by Surface.Tests.ps1. Written by ./build.ps1 surface; what a change means for the version: docs/guides/release.md.'
        Set-Content -LiteralPath (Join-Path $Folder "$name.txt") -Value (($head + $Surface[$name] -join "`n") + "`n") -NoNewline
    }
}

<#
.SYNOPSIS
    Says how a surface differs from the baseline and what that means for the version; nothing where it does not.
#>
function Compare-Surface {
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Lines, [Parameter(Mandatory)] [string] $Folder)

    $baseline = @(Get-Content -LiteralPath (Join-Path $Folder "$Name.txt") | Where-Object { $_ -and $_ -notlike '#*' })
    $gone = @($baseline | Where-Object { $_ -cnotin $Lines })
    $new = @($Lines | Where-Object { $_ -cnotin $baseline })
    if (-not $gone -and -not $new) { return }
    # What callers have to type from now on breaks them, unless the cmdlet is new as a whole.
    $known = @($baseline | ForEach-Object { ($_ -split '[ :]')[0] })
    $demanded = @($new | Where-Object { $_ -cmatch ': mandatory' -and ($_ -split '[ :]')[0] -cin $known })
    $version = if ($Name -eq 'wall') { 'No version depends on this.' }
    elseif ($gone -or $demanded) { 'Gone, changed or newly mandatory: this needs a new major version (before 1.0.0 a new minor one), and a line in CHANGELOG.md.' }
    else { 'Only new: this needs a new minor version, and a line in CHANGELOG.md.' }
    @(
        "The public surface is not that of tests/surface/$Name.txt."
        foreach ($line in $gone) { "  - $line" }
        foreach ($line in $new) { "  + $line" }
        $version
        'When it is meant, ./build.ps1 surface writes the new baseline.'
    ) -join "`n"
}

Export-ModuleMember -Function Get-Surface, Write-Surface, Compare-Surface
