#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot 'Process.psm1'), (Join-Path $PSScriptRoot 'Outcome.psm1')

<#
.SYNOPSIS
    The test files that a filter names: by their own name, or by a cmdlet that has a Describe in them.
.NOTES
    A Describe for several cmdlets has a line for each: @{ Cmdlet = 'Resume-AstroDag'; ...
#>
function Find-TestFile {
    param([Parameter(Mandatory)] [IO.FileInfo[]] $File, [Parameter(Mandatory)] [string] $Filter)

    foreach ($one in $File) {
        $described = [regex]::Matches((Get-Content -LiteralPath $one -Raw), "(?m)^(Describe|    @\{ Cmdlet =) '(?<name>\w+-Astro\w*)").ForEach({ $_.Groups['name'].Value })
        if (@($one.Name, ($one.Name -replace '\.Tests\.ps1$') + $described) -like $Filter) { $one }
    }
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

<#
.SYNOPSIS
    Starts a Pester file in a PowerShell of its own.
#>
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
        Limit  = [TimeSpan]::FromMinutes($env:ASTROAUTH_CRASH -eq 'full' ? 60 : 15)
        Report = $report
        Home   = $folder
    }
}

<#
.SYNOPSIS
    Reads the counts of a Pester file that has ended, and removes its home.
#>
function Complete-PesterFile($Run) {
    $outcome = Complete-Tool $Run 'pester'
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

Export-ModuleMember -Function Find-TestFile, Get-VaultModule, Start-PesterFile, Complete-PesterFile
