#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot '../../../build/Help/Markdown.psm1')

# The calls of cmdlets of the module.
function Get-CmdletCall($Tree) {
    $Tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) |
        Where-Object { $_.GetCommandName() -and (Get-Command $_.GetCommandName() -Module AstroAuth -ErrorAction Ignore) }
}

<#
.SYNOPSIS
    The examples of a cmdlet's page: Number, Title, Code and what the page shows of the output (Shown, $null where it shows none).
#>
function Get-HelpExample([Parameter(Mandatory)] [string] $Path) {
    $chapter = ''
    foreach ($section in Split-Markdown $Path) {
        if ($section.Level -eq 2) { $chapter = $section.Title }
        if ($section.Level -ne 3 -or $chapter -ne 'EXAMPLES') { continue }
        $code = @(Split-Block $section.Lines | Where-Object Kind -EQ 'Code')
        if ($section.Title -notmatch '^Example (\d+): (.+)$') { throw "$Path`: an example has the heading '$($section.Title)'." }
        $shown = @($code | Where-Object Language -EQ 'output' | ForEach-Object Lines)
        @{
            Number = [int]$Matches[1]
            Title  = $Matches[2]
            Code   = @($code | Where-Object Language -EQ 'powershell' | ForEach-Object Lines) -join "`n"
            Shown  = $shown.Count ? ($shown -join "`n") : $null
            Other  = @($code | Where-Object Language -NotIn 'powershell', 'output' | ForEach-Object Language)
        }
    }
}

<#
.SYNOPSIS
    The blocks of PowerShell of a document: Number, Title (the heading they stand under) and Code.
#>
function Get-DocumentBlock([Parameter(Mandatory)] [string] $Path) {
    $number = 0
    foreach ($section in Split-Markdown $Path) {
        foreach ($block in Split-Block $section.Lines | Where-Object Language -EQ 'powershell') {
            $number++
            @{ Number = $number; Title = $section.Title; Code = $block.Lines -join "`n" }
        }
    }
}

<#
.SYNOPSIS
    Text without what is different in every run, at every width and in every terminal: colours, ids, fragments of values, times, ports, blanks.
#>
function ConvertTo-Stable([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text) {
    $stable = $Text -replace '\x1b\[[\d;]*m' -replace '\bc[a-z0-9]{24}\b', '<id>' -replace 'localhost:\d+', 'localhost:8888' -replace '\beyJhbG\.{3}[\w-]{4}', '<fragment>'
    $stable = $stable -replace '\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?Z?( ?[+-]\d\d:\d\d)?|\b\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d( [AP]M)?( \+\d\d:\d\d)?', '<time>'
    $stable = $stable -replace '\b\d{4}-\d\d-\d\d\b', '<date>' -replace '\b\d\d:\d\d:\d\d(\.\d+)?\b', '<span>' -replace '-{2,}', '--'
    ($stable -split '\r?\n' | ForEach-Object { ($_ -replace '\s+', ' ').Trim() } | Where-Object { $_ }) -join "`n"
}

<#
.SYNOPSIS
    What objects there are that none of the cmdlets in the code says it gives; and 'nothing' where something was promised.
#>
function Find-Surprise([Parameter(Mandatory)] [string] $Code, [AllowEmptyCollection()] [object[]] $Output, [Parameter(Mandatory)] [string] $PageFolder) {
    $tree = [Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$null)
    $calls = @(Get-CmdletCall $tree)
    $pages = foreach ($name in $calls | ForEach-Object { $_.GetCommandName() } | Select-Object -Unique) { Read-CommandPage (Join-Path $PageFolder "$name.md") }
    $types = @($pages | ForEach-Object { $_.Outputs.Type })
    $last = $tree.EndBlock.Statements[-1]
    $end = if ($last -is [Management.Automation.Language.PipelineAst]) { $last.PipelineElements[-1] }
    # Whatever else ends the line gives objects of its own, and so does a property that is taken.
    $ours = $end -and @($calls | Where-Object { $_ -eq $end }).Count
    $whole = $end -and $last.PipelineElements[0] -is [Management.Automation.Language.CommandAst]
    foreach ($one in $Output) {
        $names = @($one.PSObject.TypeNames)
        if (($ours -or ($whole -and $names[0] -like 'AstroAuth.*')) -and $types -notcontains 'System.Management.Automation.PSObject' -and -not ($names | Where-Object { $_ -in $types })) { $names[0] }
    }
    if ($ours -and -not $Output.Count -and $Code -notmatch '-WhatIf') {
        $page = $pages | Where-Object Name -EQ $end.GetCommandName()
        if ($end.Extent.Text -match '-PassThru' -or ($page.Outputs.Type -ne 'None' -and -not ($page.Outputs.Text -match '-PassThru'))) { 'nothing' }
    }
}

Export-ModuleMember -Function Get-HelpExample, Get-DocumentBlock, ConvertTo-Stable, Find-Surprise
