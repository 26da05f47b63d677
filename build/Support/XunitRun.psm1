#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Process.psm1'), (Join-Path $PSScriptRoot 'Outcome.psm1')

<#
.SYNOPSIS
    Starts the tests of an xunit project that is already built.
#>
function Start-XunitProject {
    param([string] $Project, [string] $Configuration, [string] $Results, [string] $Tests)

    $arguments = @(
        'test', $Project, '--no-build', '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet',
        '--logger', 'trx;LogFileName=xunit.trx', '--results-directory', $Results)
    # Its filter knows "contains" but no wildcards.
    if ($Tests) { $arguments += '--filter', "FullyQualifiedName~$($Tests.Trim('*'))" }

    $environment = @{}
    foreach ($name in Get-ScrubbedVariable) { $environment[$name] = $null }
    [pscustomobject]@{
        Tool   = Start-Tool -Path dotnet -ArgumentList $arguments -WorkingDirectory (Split-Path $Project) -Environment $environment
        Name   = Split-Path $Project -Leaf
        Limit  = [TimeSpan]::FromMinutes(15)
        Report = Join-Path $Results 'xunit.trx'
    }
}

<#
.SYNOPSIS
    Reads the counts of an xunit project that has ended.
#>
function Complete-XunitProject($Run) {
    $outcome = Complete-Tool $Run 'xunit'
    if (Test-Path -LiteralPath $Run.Report) {
        $trx = ([xml](Get-Content -LiteralPath $Run.Report -Raw)).TestRun
        $counters = $trx.ResultSummary.Counters
        $outcome.Passed = [int]$counters.passed
        $failed = [int]$counters.failed + [int]$counters.error + [int]$counters.timeout + [int]$counters.aborted
        $outcome.Failed += $failed
        $outcome.Skipped = [int]$counters.total - $outcome.Passed - $failed
        $outcome.Failures += @($trx.SelectNodes('//*[local-name()="UnitTestResult"][@outcome="Failed"]') | ForEach-Object {
                $message = $_.SelectSingleNode('.//*[local-name()="Message"]')
                [pscustomobject]@{ Name = $_.testName; Message = $message ? $message.InnerText : '' }
            })
    }
    if ($Run.Tool.Process.ExitCode -ne 0 -and $outcome.Failed -eq 0) {
        Add-Crash $outcome "dotnet test ended with exit code $($Run.Tool.Process.ExitCode).`n$($outcome.Output)"
    }
    $outcome
}

Export-ModuleMember -Function Start-XunitProject, Complete-XunitProject
