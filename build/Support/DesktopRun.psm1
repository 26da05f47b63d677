#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Process.psm1'), (Join-Path $PSScriptRoot 'Outcome.psm1')

<#
.SYNOPSIS
    Starts the tests of the staged module for Windows PowerShell: on .NET Framework in Windows, under Mono elsewhere.
.NOTES
    Where there is no Mono they count as one that was skipped.
#>
function Start-DesktopTest {
    param([string] $Program, [string] $Staged, [string] $Results, [string] $Tests)

    $name = [IO.Path]::GetFileNameWithoutExtension($Program)
    $mono = $IsWindows ? $null : (Get-Command mono -CommandType Application -ErrorAction Ignore | Select-Object -First 1)
    if (-not $IsWindows -and -not $mono) { return [pscustomobject]@{ Tool = $null; Name = $name } }

    $report = Join-Path $Results 'desktop.xml'
    $arguments = @($Staged, '-xml', $report)
    if ($Tests) { $arguments += '-method', "*$($Tests.Trim('*'))*" }
    $environment = @{}
    foreach ($variable in Get-ScrubbedVariable) { $environment[$variable] = $null }
    [pscustomobject]@{
        Tool   = $mono ? (Start-Tool -Path $mono.Source -ArgumentList (@($Program) + $arguments) -WorkingDirectory $Results -Environment $environment)
        : (Start-Tool -Path $Program -ArgumentList $arguments -WorkingDirectory $Results -Environment $environment)
        Name   = $name
        # Mono can hang where .NET Framework would not; a good run takes a minute.
        Limit  = [TimeSpan]::FromMinutes(5)
        Report = $report
        # Of what was asked for there may be none in this project.
        MayBeEmpty = [bool]$Tests
    }
}

<#
.SYNOPSIS
    Reads the counts of the tests for Windows PowerShell, or says that there was nothing to run them with.
#>
function Complete-DesktopTest($Run) {
    if (-not $Run.Tool) {
        $outcome = New-Outcome $Run.Name
        $outcome.Kind = 'xunit'
        $outcome.Skipped = 1
        $outcome.Output = 'note: Mono is not installed; the engine for Windows PowerShell was not run'
        return $outcome
    }

    $outcome = Complete-Tool $Run 'xunit'
    if (Test-Path -LiteralPath $Run.Report) {
        $xml = [xml](Get-Content -LiteralPath $Run.Report -Raw)
        foreach ($assembly in $xml.SelectNodes('/assemblies/assembly')) {
            $outcome.Passed += [int]$assembly.GetAttribute('passed')
            $outcome.Failed += [int]$assembly.GetAttribute('failed') + [int]$assembly.GetAttribute('errors')
            $outcome.Skipped += [int]$assembly.GetAttribute('skipped')
        }
        $outcome.Failures += @($xml.SelectNodes('//test[@result="Fail"]') | ForEach-Object {
                [pscustomobject]@{ Name = $_.GetAttribute('name'); Message = $_.SelectSingleNode('failure/message').InnerText }
            })
    }
    if ($outcome.Failed -eq 0 -and ($Run.Tool.Process.ExitCode -ne 0 -or -not ($Run.MayBeEmpty -or $outcome.Passed))) {
        Add-Crash $outcome "It ended with exit code $($Run.Tool.Process.ExitCode) and $($outcome.Passed) passed tests.`n$($outcome.Output)"
    }
    $outcome
}

Export-ModuleMember -Function Start-DesktopTest, Complete-DesktopTest
