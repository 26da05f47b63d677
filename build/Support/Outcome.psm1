#requires -Version 7.2
Set-StrictMode -Version Latest

function New-Outcome([string] $Name) {
    [pscustomobject]@{ Name = $Name; Kind = ''; Passed = 0; Failed = 0; Skipped = 0; Seconds = 0.0; Failures = @(); Output = '' }
}

function Add-Crash($Outcome, [string] $Message) {
    # A crash dumps its stack; what matters stands at either end.
    if ($Message.Length -gt 6000) { $Message = $Message.Substring(0, 3000) + "`n[...]`n" + $Message.Substring($Message.Length - 3000) }
    $Outcome.Failed++
    $Outcome.Failures += [pscustomobject]@{ Name = $Outcome.Name; Message = $Message }
}

<#
.SYNOPSIS
    The outcome of a run of a tool that has ended, or is ended now because its time is over: name, seconds and what it said.
#>
function Complete-Tool($Run, [string] $Kind) {
    $outcome = New-Outcome $Run.Name
    $outcome.Kind = $Kind
    $outcome.Seconds = $Run.Tool.Watch.Elapsed.TotalSeconds
    if (-not $Run.Tool.Process.HasExited) {
        $Run.Tool.Process.Kill($true)
        $Run.Tool.Process.WaitForExit()
        Add-Crash $outcome "It had not ended after $($Run.Limit.TotalMinutes) minutes."
    }
    # A grandchild that outlives its parent keeps the pipes open; what it says is not waited for.
    $null = [Threading.Tasks.Task]::WaitAll(@($Run.Tool.Output, $Run.Tool.Error), 5000)
    $outcome.Output = -join @($Run.Tool.Output, $Run.Tool.Error | Where-Object IsCompletedSuccessfully | ForEach-Object Result)
    $outcome
}

<#
.SYNOPSIS
    One line for what passed, more for what failed.
#>
function Write-TestOutcome {
    param([Parameter(Mandatory)] $Outcome)

    $state = $Outcome.Failed ? 'FAILED' : 'ok'
    $line = '{0,-6} {1,-42} {2,4} passed {3,3} failed {4,3} skipped {5,7:n1} s' -f
    $state, $Outcome.Name, $Outcome.Passed, $Outcome.Failed, $Outcome.Skipped, $Outcome.Seconds
    Write-Information $line -InformationAction Continue
    # What tests say about themselves, such as which vault module they met.
    foreach ($note in [regex]::Matches($Outcome.Output, '(?m)^note: .*$')) {
        Write-Information "       $($note.Value.Trim())" -InformationAction Continue
    }
    foreach ($failure in $Outcome.Failures) {
        Write-Information "       - $($failure.Name)`n$($failure.Message -replace '(?m)^', '         ')" -InformationAction Continue
    }
}

<#
.SYNOPSIS
    Adds up outcomes. No tests at all is a failure too: of either kind in a whole run, of both in a filtered one.
#>
function Get-TestTotal {
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [object[]] $Outcome, [switch] $Partial)

    $total = [pscustomobject]@{ Passed = 0; Failed = 0; Skipped = 0 }
    $ran = @{ xunit = 0; pester = 0 }
    foreach ($one in $Outcome) {
        $total.Passed += $one.Passed
        $total.Failed += $one.Failed
        $total.Skipped += $one.Skipped
        $ran[$one.Kind] += $one.Passed + $one.Failed
    }

    $empty = $Partial ? ($ran.xunit + $ran.pester -eq 0) : ($ran.xunit -eq 0 -or $ran.pester -eq 0)
    if ($empty) {
        Write-Information "FAILED tests that ran: $($ran.xunit) xunit, $($ran.pester) Pester" -InformationAction Continue
        $total.Failed++
    }
    $total
}

Export-ModuleMember -Function New-Outcome, Add-Crash, Complete-Tool, Write-TestOutcome, Get-TestTotal
