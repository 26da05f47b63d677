#requires -Version 7.2
Set-StrictMode -Version Latest
'XunitRun', 'DesktopRun', 'PesterRun' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "$_.psm1") }

$atOnce = 2

<#
.SYNOPSIS
    Runs tests of all kinds, two processes at a time in the order that is given; gives outcomes as they end.
.NOTES
    A job is a Kind, XunitProject, DesktopTest or PesterFile, and the Parameters of Start-<Kind>.
    The xunit tests use one of two cores and wait much, so that the rest need not wait for them.
#>
function Invoke-TestPool {
    param([Parameter(Mandatory)] [hashtable[]] $Job)

    $waiting = [Collections.Generic.Queue[hashtable]]::new($Job)
    $running = [Collections.Generic.List[object]]::new()
    try {
        while ($waiting.Count -or $running.Count) {
            while ($waiting.Count -and $running.Count -lt $atOnce) {
                $next = $waiting.Dequeue()
                $parameters = $next.Parameters
                $running.Add([pscustomobject]@{ Kind = $next.Kind; Run = & "Start-$($next.Kind)" @parameters })
            }
            foreach ($one in @($running)) {
                $tool = $one.Run.Tool
                if (-not $tool -or $tool.Process.HasExited -or $tool.Watch.Elapsed -gt $one.Run.Limit) {
                    $null = $running.Remove($one)
                    & "Complete-$($one.Kind)" $one.Run
                }
            }
            Start-Sleep -Milliseconds 50
        }
    }
    finally {
        foreach ($one in $running) { if (-not $one.Run.Tool.Process.HasExited) { $one.Run.Tool.Process.Kill($true) } }
    }
}

Export-ModuleMember -Function Invoke-TestPool
