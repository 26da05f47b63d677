#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Markdown.psm1')

$width = 80

function Format-Wrapped([string] $Text, [int] $Indent, [int] $Hanging = $Indent) {
    $line = ' ' * $Indent
    $empty = $true
    foreach ($word in $Text -split '\s+' | Where-Object { $_ }) {
        if (-not $empty -and $line.Length + 1 + $word.Length -gt $width) {
            $line
            $line = ' ' * $Hanging
            $empty = $true
        }
        $line += ($empty ? '' : ' ') + $word
        $empty = $false
    }
    if (-not $empty) { $line }
}

# An item of a list and the lines that go on with it.
function Format-List([string[]] $Line) {
    $items = [Collections.Generic.List[string]]::new()
    foreach ($text in $Line) {
        if ($text -match '^\s*([-*+]\s|\d+\.\s|\|)' -or $items.Count -eq 0) { $items.Add($text.TrimEnd()) }
        else { $items[$items.Count - 1] += ' ' + $text.Trim() }
    }
    foreach ($item in $items) {
        # Table rows keep their shape; the line under a table's head says nothing in plain text.
        if ($item -match '^\s*\|') {
            if ($item -notmatch '^[\s|:-]+$') { '    ' + (ConvertTo-PlainText $item.Trim()) }
            continue
        }
        $parts = [regex]::Match($item, '^(\s*)([-*+]|\d+\.)\s+(.*)$').Groups
        $indent = 4 + $parts[1].Length
        $mark = [char]::IsDigit($parts[2].Value[0]) ? $parts[2].Value : '-'
        Format-Wrapped "$mark $(ConvertTo-PlainText $parts[3].Value)" $indent ($indent + $mark.Length + 1)
    }
}

<#
.SYNOPSIS
    An about page as the text that Get-Help shows.
#>
function ConvertTo-AboutText {
    param([Parameter(Mandatory)] [string] $Path)

    $result = foreach ($section in Split-Markdown $Path) {
        switch ($section.Level) {
            0 { }
            1 { 'TOPIC'; "    $([IO.Path]::GetFileNameWithoutExtension($Path))"; '' }
            2 { (ConvertTo-PlainText $section.Title).ToUpperInvariant() }
            default { "  $(ConvertTo-PlainText $section.Title)" }
        }
        foreach ($block in Split-Block $section.Lines) {
            switch ($block.Kind) {
                'Code' { $block.Lines | ForEach-Object { ('        ' + $_).TrimEnd() } }
                'List' { Format-List $block.Lines }
                default { Format-Wrapped (ConvertTo-PlainText (($block.Lines | ForEach-Object Trim) -join ' ')) 4 }
            }
            ''
        }
    }
    ($result -join "`n").TrimEnd() + "`n"
}

Export-ModuleMember -Function ConvertTo-AboutText
