Set-StrictMode -Version Latest

# A caret marks the cursor; without one it is at the end.
function Get-Completion([string] $Line) {
    $cursor = $Line.IndexOf('^')
    if ($cursor -lt 0) { $cursor = $Line.Length } else { $Line = $Line.Remove($cursor, 1) }
    TabExpansion2 $Line $cursor
}
# The arguments that are offered.
function Get-Text([string] $Line) { (Get-Completion $Line).CompletionMatches | Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText }
# The line with the only argument that is offered.
function Get-Line([string] $Line) {
    $completion = Get-Completion $Line
    $Line = $Line.Replace('^', '')
    $completion.CompletionMatches.Count | Should -Be 1 -Because $Line
    $Line.Remove($completion.ReplacementIndex, $completion.ReplacementLength).Insert($completion.ReplacementIndex, $completion.CompletionMatches[0].CompletionText)
}

Export-ModuleMember -Function Get-Completion, Get-Text, Get-Line
