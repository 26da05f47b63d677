<#
.SYNOPSIS
    Runs the xunit tests and every Pester file, each in a process of its own and two at a time, and writes the counts to summary.txt.
#>
param(
    [Parameter(Mandatory)] [string] $Root,
    [Parameter(Mandatory)] [string] $Configuration,
    [string] $Filter,
    [Parameter(Mandatory)] [string] $PesterFolder,
    [Parameter(Mandatory)] [string] $Staged,
    [Parameter(Mandatory)] [string] $Emulator,
    [Parameter(Mandatory)] [string] $DesktopTests,
    [Parameter(Mandatory)] [string] $TestModules,
    [Parameter(Mandatory)] [string] $Results
)

$ErrorActionPreference = 'Stop'
'Outcome', 'PesterRun', 'TestPool' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }

if (Test-Path -LiteralPath $Results) { Remove-Item -LiteralPath $Results -Recurse -Force }
$null = New-Item -ItemType Directory -Path $Results

$all = @(Get-ChildItem -Path (Join-Path $Root 'tests/pester') -Filter *.Tests.ps1 | Sort-Object Name)
$named = @(if ($Filter) { Find-TestFile $all $Filter })
$selection = @{
    # A filter that names files or cmdlets asks for their files alone; any other is a pattern for the names of tests.
    Files  = ($named.Count) ? $named : $all
    Xunit  = $named.Count -eq 0
    Tests  = ($Filter -and $named.Count -eq 0) ? $Filter : ''
}

# Hundreds of processes that live for a second: none has the time to gain by a profile, or anything to tell Microsoft.
$env:DOTNET_TieredPGO = '0'
$env:POWERSHELL_TELEMETRY_OPTOUT = '1'

$vaults = Get-VaultModule -Double $TestModules -Results $Results
Write-Information "vault module: $($vaults.Description)" -InformationAction Continue
$environment = @{
    ASTROAUTH_STAGED          = $Staged
    ASTROAUTH_EMULATOR        = $Emulator
    ASTROAUTH_TEST_MODULEPATH = @(
        Join-Path $PSHOME 'Modules'
        $vaults.Path
        Join-Path $Root 'tests/modules'
        Split-Path (Split-Path $Staged)
    ) -join [IO.Path]::PathSeparator
}
$jobs = @(
    if ($selection.Xunit) {
        $project = Join-Path $Root 'tests/AstroAuth.Engine.Tests'
        @{ Kind = 'XunitProject'; Parameters = @{ Project = $project; Configuration = $Configuration; Results = $Results; Tests = $selection.Tests } }
        @{ Kind = 'DesktopTest'; Parameters = @{ Program = $DesktopTests; Staged = $Staged; Results = $Results; Tests = $selection.Tests } }
    }
    foreach ($file in $selection.Files.FullName) {
        @{ Kind = 'PesterFile'; Parameters = @{ File = $file; Tests = $selection.Tests; PesterFolder = $PesterFolder; Results = $Results; Environment = $environment } }
    }
)
$outcomes = @(Invoke-TestPool $jobs | ForEach-Object {
        Write-TestOutcome $_
        $_
    })

$total = Get-TestTotal -Outcome $outcomes -Partial:([bool]$Filter)
$line = '{0} passed, {1} failed' -f $total.Passed, $total.Failed
if ($total.Skipped) { $line += ', {0} skipped' -f $total.Skipped }
Set-Content -LiteralPath (Join-Path $Results 'summary.txt') -Value $line
if ($total.Failed) { throw 'Tests failed.' }
