#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Process.psm1'), (Join-Path $PSScriptRoot 'Outcome.psm1')

# Mono can hang where .NET Framework would not; a good run takes a minute.
$timeout = [TimeSpan]::FromMinutes(5)

<#
.SYNOPSIS
    Runs the tests of the staged module for Windows PowerShell: on .NET Framework in Windows, under Mono elsewhere.
.NOTES
    Where there is no Mono they count as one that was skipped.
#>
function Invoke-DesktopTest {
    param([string] $Program, [string] $Staged, [string] $Results, [string] $Tests)

    $outcome = New-Outcome ([IO.Path]::GetFileNameWithoutExtension($Program))
    $outcome.Kind = 'xunit'
    $mono = $IsWindows ? $null : (Get-Command mono -CommandType Application -ErrorAction Ignore | Select-Object -First 1)
    if (-not $IsWindows -and -not $mono) {
        $outcome.Skipped = 1
        $outcome.Output = 'note: Mono is not installed; the engine for Windows PowerShell was not run'
        return $outcome
    }

    $report = Join-Path $Results 'desktop.xml'
    $arguments = @($Staged, '-xml', $report)
    if ($Tests) { $arguments += '-method', "*$($Tests.Trim('*'))*" }
    $environment = @{}
    foreach ($name in Get-ScrubbedVariable) { $environment[$name] = $null }
    $tool = $mono ? (Start-Tool -Path $mono.Source -ArgumentList (@($Program) + $arguments) -WorkingDirectory $Results -Environment $environment)
        : (Start-Tool -Path $Program -ArgumentList $arguments -WorkingDirectory $Results -Environment $environment)
    try {
        while (-not $tool.Process.WaitForExit(200)) {
            if ($tool.Watch.Elapsed -gt $timeout) { break }
        }
        $isOver = $tool.Process.HasExited
    }
    finally {
        if (-not $tool.Process.HasExited) { $tool.Process.Kill($true) }
    }
    $outcome.Seconds = $tool.Watch.Elapsed.TotalSeconds
    $outcome.Output = $tool.Output.GetAwaiter().GetResult() + $tool.Error.GetAwaiter().GetResult()

    if (Test-Path -LiteralPath $report) {
        $xml = [xml](Get-Content -LiteralPath $report -Raw)
        foreach ($assembly in $xml.SelectNodes('/assemblies/assembly')) {
            $outcome.Passed += [int]$assembly.GetAttribute('passed')
            $outcome.Failed += [int]$assembly.GetAttribute('failed') + [int]$assembly.GetAttribute('errors')
            $outcome.Skipped += [int]$assembly.GetAttribute('skipped')
        }
        $outcome.Failures = @($xml.SelectNodes('//test[@result="Fail"]') | ForEach-Object {
                [pscustomobject]@{ Name = $_.GetAttribute('name'); Message = $_.SelectSingleNode('failure/message').InnerText }
            })
    }
    if (-not $isOver) { Add-Crash $outcome "It had not ended after $($timeout.TotalMinutes) minutes.`n$($outcome.Output)" }
    elseif ($outcome.Failed -eq 0 -and ($tool.Process.ExitCode -ne 0 -or -not ($Tests -or $outcome.Passed))) {
        Add-Crash $outcome "It ended with exit code $($tool.Process.ExitCode) and $($outcome.Passed) passed tests.`n$($outcome.Output)"
    }
    $outcome
}

Export-ModuleMember -Function Invoke-DesktopTest
