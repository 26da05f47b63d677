#requires -Version 7.2
Set-StrictMode -Version Latest

<#
.SYNOPSIS
    Cuts Markdown at its headings: objects with Level, Title and Lines. Headings inside code blocks are text.
#>
function Split-Markdown {
    param([Parameter(Mandatory)] [string] $Path)

    $lines = @(Get-Content -LiteralPath $Path)
    $first = 0
    if ($lines.Count -and $lines[0] -eq '---') {
        $first = [Array]::IndexOf($lines, '---', 1) + 1
    }

    $section = [pscustomobject]@{ Level = 0; Title = ''; Lines = [Collections.Generic.List[string]]::new() }
    $fenced = $false
    for ($i = $first; $i -lt $lines.Count; $i++) {
        $line = $lines[$i]
        if ($line -match '^\s*```') { $fenced = -not $fenced }
        if (-not $fenced -and $line -match '^(#{1,6})\s+(.+?)\s*#*$') {
            $section
            $section = [pscustomobject]@{ Level = $Matches[1].Length; Title = $Matches[2]; Lines = [Collections.Generic.List[string]]::new() }
        }
        else { $section.Lines.Add($line) }
    }
    $section
}

<#
.SYNOPSIS
    Takes a section's lines apart into blocks: Kind Text, Code or List, with Language for code.
#>
function Split-Block {
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Line)

    $kind = ''
    $language = ''
    $held = [Collections.Generic.List[string]]::new()
    $emit = {
        if ($held.Count) { [pscustomobject]@{ Kind = $kind; Language = $language; Lines = $held.ToArray() } }
        $held.Clear()
    }
    foreach ($text in $Line) {
        if ($kind -eq 'Code') {
            if ($text -match '^\s*```') { . $emit; $kind = '' }
            else { $held.Add($text) }
        }
        elseif ($text -match '^\s*```\s*(\S*)') {
            . $emit
            $kind = 'Code'
            $language = $Matches[1]
        }
        elseif ([string]::IsNullOrWhiteSpace($text)) { . $emit; $kind = '' }
        else {
            $next = if ($text -match '^\s*([-*+]\s|\d+\.\s|\|)') { 'List' } elseif ($kind) { $kind } else { 'Text' }
            if ($next -ne $kind) { . $emit; $kind = $next; $language = '' }
            $held.Add($text)
        }
    }
    . $emit
}

<#
.SYNOPSIS
    Markdown's marks taken out of a piece of text.
#>
function ConvertTo-PlainText {
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    # Code spans are set aside first: what stands in them is literal.
    $spans = [Collections.Generic.List[string]]::new()
    $plain = [regex]::Replace($Text, '`+([^`]+)`+', { param($match) $spans.Add($match.Groups[1].Value); "`u{1}$($spans.Count - 1)`u{2}" })
    $plain = $plain -replace '\[([^\]]+)\]\((https?://[^)\s]+)\)', '$1 ($2)'
    $plain = $plain -replace '\[([^\]]+)\]\([^)\s]*\)', '$1'
    $plain = $plain -replace '\*\*([^*]+)\*\*', '$1'
    $plain = $plain -replace '(?<![\w*])[*_](\S(?:[^*_]*\S)?)[*_](?!\w)', '$1'
    $plain = $plain -replace '\\([\\`*_{}\[\]()#+\-.!<>|])', '$1'
    [regex]::Replace($plain, "`u{1}(\d+)`u{2}", { param($match) $spans[[int]$match.Groups[1].Value] })
}

<#
.SYNOPSIS
    The paragraphs of a section's blocks as plain text; code keeps its lines.
#>
function ConvertTo-Paragraph {
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [object[]] $Block)

    foreach ($one in $Block) {
        switch ($one.Kind) {
            'Code' { ($one.Lines | ForEach-Object { "    $_" }) -join "`n" }
            'List' { ($one.Lines | ForEach-Object { ConvertTo-PlainText $_.TrimEnd() }) -join "`n" }
            default { ConvertTo-PlainText (($one.Lines | ForEach-Object Trim) -join ' ') }
        }
    }
}

function Read-Fact([object[]] $Block) {
    $facts = @{}
    foreach ($line in $Block | Where-Object { $_.Kind -eq 'Code' -and $_.Language -eq 'yaml' } | ForEach-Object Lines) {
        if ($line -match '^\s*([A-Za-z ]+?)\s*:\s*(.*)$') { $facts[$Matches[1]] = $Matches[2].Trim() }
    }
    $facts
}

function Read-Example($Section) {
    $blocks = @(Split-Block $Section.Lines)
    $first = $blocks | Where-Object Kind -EQ 'Code' | Select-Object -First 1
    [pscustomobject]@{
        Title  = ConvertTo-PlainText ($Section.Title -replace '^(?i:example)\s+\d+\s*[:.]\s*')
        Code   = ($first) ? ($first.Lines -join "`n") : ''
        # Text before the code too: the help viewer prints code first. Output that it would break at 80 columns is for the page alone.
        Remark = @(foreach ($block in $blocks | Where-Object { $_ -ne $first }) {
                if ($block.Language -ne 'output') { ConvertTo-Paragraph $block }
                elseif (-not ($block.Lines -match '^.{77}')) { ($block.Lines -join "`n") + "`n" }
            })
    }
}

<#
.SYNOPSIS
    Reads a cmdlet's page.
#>
function Read-CommandPage {
    param([Parameter(Mandatory)] [string] $Path)

    $topic = [pscustomobject]@{
        Name = ''; Synopsis = ''; Description = @(); Examples = @(); Parameters = @{}; Inputs = @(); Outputs = @(); Notes = @(); Links = @()
    }
    $chapter = ''
    foreach ($section in Split-Markdown $Path) {
        $blocks = @(Split-Block $section.Lines)
        switch ($section.Level) {
            1 { $topic.Name = $section.Title }
            2 {
                $chapter = $section.Title.ToUpperInvariant()
                switch ($chapter) {
                    'SYNOPSIS' { $topic.Synopsis = @(ConvertTo-Paragraph $blocks) -join ' ' }
                    'DESCRIPTION' { $topic.Description = @(ConvertTo-Paragraph $blocks) }
                    'INPUTS' { $topic.Inputs = @(Read-TypeText $blocks) }
                    'OUTPUTS' { $topic.Outputs = @(Read-TypeText $blocks) }
                    'NOTES' { $topic.Notes = @(ConvertTo-Paragraph $blocks) }
                    'RELATED LINKS' { $topic.Links = @(Read-Link $section.Lines) }
                }
            }
            { $_ -ge 3 } {
                switch ($chapter) {
                    'EXAMPLES' { $topic.Examples += Read-Example $section }
                    'PARAMETERS' {
                        if ($section.Title -match '^-(\w+)$') {
                            $topic.Parameters[$Matches[1]] = [pscustomobject]@{
                                Facts       = Read-Fact $blocks
                                Description = @(ConvertTo-Paragraph @($blocks | Where-Object { -not ($_.Kind -eq 'Code' -and $_.Language -eq 'yaml') }))
                            }
                        }
                    }
                    'INPUTS' { $topic.Inputs += [pscustomobject]@{ Type = ConvertTo-PlainText $section.Title; Text = @(ConvertTo-Paragraph $blocks) } }
                    'OUTPUTS' { $topic.Outputs += [pscustomobject]@{ Type = ConvertTo-PlainText $section.Title; Text = @(ConvertTo-Paragraph $blocks) } }
                    # A heading of one's own inside a chapter stays a line of it.
                    'DESCRIPTION' { $topic.Description += @($section.Title.ToUpperInvariant()) + @(ConvertTo-Paragraph $blocks) }
                    'NOTES' { $topic.Notes += @($section.Title.ToUpperInvariant()) + @(ConvertTo-Paragraph $blocks) }
                }
            }
        }
    }
    if (-not $topic.Name) { throw "$Path has no heading that names a cmdlet." }
    if (-not $topic.Synopsis) { throw "$Path has no SYNOPSIS." }
    $topic
}

# Types without a heading of their own: a line that is one word is a type, what follows describes it.
function Read-TypeText([object[]] $Block) {
    $type = $null
    foreach ($paragraph in @(ConvertTo-Paragraph $Block)) {
        if ($paragraph -match '^[\w.\[\],`+]+$') {
            if ($type) { $type }
            $type = [pscustomobject]@{ Type = $paragraph; Text = @() }
        }
        elseif ($type) { $type.Text += $paragraph }
        else { [pscustomobject]@{ Type = 'None'; Text = @($paragraph) } }
    }
    if ($type) { $type }
}

function Read-Link([string[]] $Line) {
    foreach ($text in $Line) {
        if ($text -match '\[([^\]]+)\]\(([^)]*)\)') {
            $title = $Matches[1]
            $target = $Matches[2]
            # Get-Help finds a page of the module by its title alone.
            [pscustomobject]@{ Text = ConvertTo-PlainText $title; Uri = ($target -like 'http*') ? $target : '' }
        }
        elseif ($text.Trim()) { [pscustomobject]@{ Text = ConvertTo-PlainText ($text.Trim() -replace '^[-*+]\s+'); Uri = '' } }
    }
}

Export-ModuleMember -Function Split-Markdown, Split-Block, ConvertTo-PlainText, ConvertTo-Paragraph, Read-CommandPage
