#requires -Version 7.2
<#
.SYNOPSIS
    Shows the main job of AstroAuth from end to end against the emulator: no account, nothing left behind.
.DESCRIPTION
    Starts the emulator and then, one after the other, fresh PowerShell processes that play the parts: an operator who
    hands out a token, a job that uses it, the operator again who replaces it, and the job on its next run.
    Ends with an error as soon as a step does not do what the story says.
#>
[CmdletBinding()]
param(
    # The staged module, a folder named after its version.
    [Parameter(Mandatory, Position = 0)] [string] $Module,
    # AstroAuth.Emulator.dll.
    [Parameter(Mandatory, Position = 1)] [string] $Emulator
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
Import-Module (Join-Path $PSScriptRoot 'Demo/Stage.psm1'), (Join-Path $root 'tests/pester/Support/Emulator.psm1') -Force
$modulePath = @(
    Split-Path (Split-Path (Resolve-Path -LiteralPath $Module).ProviderPath)
    Join-Path $root 'output/test-modules'
    Join-Path $root 'tests/modules'
) -join [IO.Path]::PathSeparator

$next = @'
What to try next
   dotnet run --project src/AstroAuth.Emulator      your own emulator, with thirty tokens to look at
   README.md                                        import the module and connect it, to the emulator or to Astro
   docs/guides/first-token.md                       the same story by hand, one command at a time
   Get-Help about_AstroAuth                         once the module is imported
'@

$watch = [Diagnostics.Stopwatch]::StartNew()
$folder = Join-Path ([IO.Path]::GetTempPath()) "astroauth-demo-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
$null = New-Item -ItemType Directory -Path $folder
if (-not $IsWindows) { chmod 700 $folder }
$service = $null
try {
    'AstroAuth: a token''s life, from its creation to its replacement'
    ''
    'This runs against the emulator, a small made-up Astro on this machine. Four PowerShell processes take turns;'
    'they share nothing but the vault. Lines after PS> are what a person would type.'
    $service = Start-TestEmulator -Path $Emulator
    ''
    "Emulator at $($service.address), organization '$($service.organization.name)'."

    $stepFile = Join-Path $folder 'step'
    Set-Content -LiteralPath $stepFile -Value 1
    foreach ($act in & (Join-Path $PSScriptRoot 'Demo/acts.ps1')) {
        ''
        "--- $($act.Title) ---"
        Invoke-Act $act $folder $modulePath $service $stepFile
    }

    ''
    "Done in $([Math]::Ceiling($watch.Elapsed.TotalSeconds)) s; the emulator, the vault and all else are gone."
    ''
    $next
}
finally {
    if ($service) { Stop-TestEmulator $service }
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
