#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Process.psm1'), (Join-Path $PSScriptRoot 'Outcome.psm1')

# A project that has not ended by then hangs.
$projectTimeout = [TimeSpan]::FromMinutes(15)

<#
.SYNOPSIS
    Runs an xunit project that is already built and reads its counts.
#>
function Invoke-XunitProject {
    param([string] $Project, [string] $Configuration, [string] $Results, [string] $Tests)

    $outcome = New-Outcome (Split-Path $Project -Leaf)
    $outcome.Kind = 'xunit'
    $arguments = @(
        'test', $Project, '--no-build', '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet',
        '--logger', 'trx;LogFileName=xunit.trx', '--results-directory', $Results)
    # Its filter knows "contains" but no wildcards.
    if ($Tests) { $arguments += '--filter', "FullyQualifiedName~$($Tests.Trim('*'))" }

    $environment = @{}
    foreach ($name in Get-ScrubbedVariable) { $environment[$name] = $null }
    $tool = Start-Tool -Path dotnet -ArgumentList $arguments -WorkingDirectory (Split-Path $Project) -Environment $environment
    try {
        while (-not $tool.Process.WaitForExit(200)) {
            if ($tool.Watch.Elapsed -gt $projectTimeout) { $tool.Process.Kill($true) }
        }
    }
    finally {
        if (-not $tool.Process.HasExited) { $tool.Process.Kill($true) }
    }
    $outcome.Seconds = $tool.Watch.Elapsed.TotalSeconds
    $outcome.Output = $tool.Output.GetAwaiter().GetResult() + $tool.Error.GetAwaiter().GetResult()

    $trx = Join-Path $Results 'xunit.trx'
    if (Test-Path -LiteralPath $trx) {
        $run = ([xml](Get-Content -LiteralPath $trx -Raw)).TestRun
        $counters = $run.ResultSummary.Counters
        $outcome.Passed = [int]$counters.passed
        $outcome.Failed = [int]$counters.failed + [int]$counters.error + [int]$counters.timeout + [int]$counters.aborted
        $outcome.Skipped = [int]$counters.total - $outcome.Passed - $outcome.Failed
        $outcome.Failures = @($run.SelectNodes('//*[local-name()="UnitTestResult"][@outcome="Failed"]') | ForEach-Object {
                $message = $_.SelectSingleNode('.//*[local-name()="Message"]')
                [pscustomobject]@{ Name = $_.testName; Message = $message ? $message.InnerText : '' }
            })
    }
    if ($tool.Process.ExitCode -ne 0 -and $outcome.Failed -eq 0) {
        Add-Crash $outcome "dotnet test ended with exit code $($tool.Process.ExitCode).`n$($outcome.Output)"
    }
    $outcome
}

Export-ModuleMember -Function Invoke-XunitProject
