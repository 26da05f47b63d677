#requires -Version 7.2
Set-StrictMode -Version Latest

# A file that has not ended by then hangs.
$fileTimeout = [TimeSpan]::FromMinutes(15)
$atOnce = 2

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
            if ($tool.Watch.Elapsed -gt $fileTimeout) { $tool.Process.Kill($true) }
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

<#
.SYNOPSIS
    The folder to take SecretManagement from: the real module where the caller has it, else the contract double.
#>
function Get-VaultModule {
    param([string] $Double, [string] $Results)

    $real = Get-Module -ListAvailable -Name Microsoft.PowerShell.SecretManagement |
        Sort-Object Version -Descending | Select-Object -First 1
    if (-not $real) {
        return [pscustomobject]@{ Path = $Double; Description = 'contract double of Microsoft.PowerShell.SecretManagement' }
    }

    # A copy, because the folder it lies in holds other modules, which tests must not see.
    $folder = Join-Path $Results "modules/Microsoft.PowerShell.SecretManagement/$($real.Version)"
    $null = New-Item -ItemType Directory -Path $folder
    Copy-Item -Path (Join-Path $real.ModuleBase '*') -Destination $folder -Recurse
    [pscustomobject]@{
        Path        = Join-Path $Results 'modules'
        Description = "Microsoft.PowerShell.SecretManagement $($real.Version) (the real one)"
    }
}

function Start-PesterFile([string] $File, [string] $Tests, [string] $PesterFolder, [string] $Results, [hashtable] $Environment) {
    $name = [IO.Path]::GetFileName($File) -replace '\.Tests\.ps1$'
    $folder = Join-Path ([IO.Path]::GetTempPath()) "astroauth-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
    $temp = Join-Path $folder 'tmp'
    $null = New-Item -ItemType Directory -Path $folder, $temp
    if (-not $IsWindows) { chmod 700 $folder }

    # HOME of its own: the vault registry and the saved sessions lie there. So does what a killed process leaves behind.
    $all = @{ NO_COLOR = '1' }
    foreach ($variable in 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA') { $all[$variable] = $folder }
    foreach ($variable in 'TMPDIR', 'TEMP', 'TMP') { $all[$variable] = $temp }
    foreach ($variable in Get-ScrubbedVariable) { $all[$variable] = $null }
    foreach ($variable in $Environment.Keys) { $all[$variable] = $Environment[$variable] }

    $report = Join-Path $Results "$name.json"
    $pwsh = Get-PowerShellCommand
    $arguments = $pwsh.Prefix + @(
        '-NoProfile', '-NonInteractive', '-File', (Join-Path (Split-Path $PSScriptRoot) 'Invoke-PesterFile.ps1'),
        '-Path', $File, '-PesterManifest', (Join-Path $PesterFolder 'Pester.psd1'), '-Report', $report)
    if ($Tests) { $arguments += '-Tests', $Tests }
    [pscustomobject]@{
        Tool   = Start-Tool -Path $pwsh.Path -ArgumentList $arguments -WorkingDirectory $folder -Environment $all
        Name   = $name
        Report = $report
        Home   = $folder
    }
}

function Complete-PesterFile($Run) {
    $outcome = New-Outcome $Run.Name
    $outcome.Kind = 'pester'
    $outcome.Seconds = $Run.Tool.Watch.Elapsed.TotalSeconds
    if (-not $Run.Tool.Process.HasExited) {
        $Run.Tool.Process.Kill($true)
        Add-Crash $outcome "It had not ended after $($fileTimeout.TotalMinutes) minutes."
    }
    # A grandchild that outlives its parent keeps the pipes open; what it says is not waited for.
    $null = [Threading.Tasks.Task]::WaitAll(@($Run.Tool.Output, $Run.Tool.Error), 5000)
    $outcome.Output = -join @($Run.Tool.Output, $Run.Tool.Error | Where-Object IsCompletedSuccessfully | ForEach-Object Result)

    if (Test-Path -LiteralPath $Run.Report) {
        $report = Get-Content -LiteralPath $Run.Report -Raw | ConvertFrom-Json
        $outcome.Passed = $report.Passed
        $outcome.Failed += $report.Failed
        $outcome.Skipped = $report.Skipped
        $outcome.Failures += @($report.Failures)
    }
    elseif ($outcome.Failed -eq 0) {
        Add-Crash $outcome "PowerShell ended with exit code $($Run.Tool.Process.ExitCode) and left no report.`n$($outcome.Output)"
    }
    Remove-Item -LiteralPath $Run.Home -Recurse -Force -ErrorAction Ignore
    $outcome
}

<#
.SYNOPSIS
    Runs each Pester file in a PowerShell of its own, two at a time; gives outcomes as files end.
#>
function Invoke-PesterFile {
    param([string[]] $Path, [string] $Tests, [string] $PesterFolder, [string] $Results, [hashtable] $Environment)

    $waiting = [Collections.Generic.Queue[string]]::new($Path)
    $running = [Collections.Generic.List[object]]::new()
    try {
        while ($waiting.Count -or $running.Count) {
            while ($waiting.Count -and $running.Count -lt $atOnce) {
                $running.Add((Start-PesterFile $waiting.Dequeue() $Tests $PesterFolder $Results $Environment))
            }
            Start-Sleep -Milliseconds 100
            foreach ($run in @($running)) {
                if ($run.Tool.Process.HasExited -or $run.Tool.Watch.Elapsed -gt $fileTimeout) {
                    $null = $running.Remove($run)
                    Complete-PesterFile $run
                }
            }
        }
    }
    finally {
        foreach ($run in $running) { if (-not $run.Tool.Process.HasExited) { $run.Tool.Process.Kill($true) } }
    }
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

Export-ModuleMember -Function New-Outcome, Add-Crash, Invoke-XunitProject, Get-VaultModule, Invoke-PesterFile, Write-TestOutcome, Get-TestTotal
