#requires -Version 7.2
Set-StrictMode -Version Latest
Import-Module (Join-Path $PSScriptRoot '../Support/Process.psm1')

# What every process of the story runs first: its modules, and a way to show a command, its output and the reason.
$prelude = {
    $env:PSModulePath = $env:DEMO_MODULE_PATH, (Join-Path $PSHOME 'Modules') -join [IO.Path]::PathSeparator
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)

    function Write-Command([scriptblock] $Script) {
        $lines = @($Script.ToString().Trim() -split '\r?\n' | ForEach-Object Trim)
        for ($i = 0; $i -lt $lines.Count; $i++) {
            if ($i -eq 0) { '   PS> ' + $lines[0]; continue }
            # A line that goes on with the one before, as the console shows it.
            $prompt = $lines[$i - 1] -match '[|`]\s*$' ? '   >>    ' : '   PS> '
            $prompt + $lines[$i]
        }
    }
}

# Runs the $steps of an act in the script's own scope, so that a later step sees what an earlier one kept.
$runner = {
    foreach ($step in $steps) {
        ''
        "$($env:DEMO_STEP). $($step.Title)"
        $env:DEMO_STEP = 1 + $env:DEMO_STEP
        Write-Command $step.Run
        $failure = $null
        try { $shown = . $step.Run 2>&1 3>&1 | Out-String -Width 110 }
        catch {
            $failure = $_
            $shown = "Error: $($_.Exception.Message)`nIts id: $(($_.FullyQualifiedErrorId -split ',')[0])"
        }
        if ($shown.Trim()) { $shown.Trim("`r", "`n") -split '\r?\n' | ForEach-Object { ('   ' + $_).TrimEnd() } }
        foreach ($sentence in $step.Why) { "   => $sentence" }

        if ($failure -and -not $step.Fails) { throw "Step '$($step.Title)' failed: $($failure.Exception.Message)" }
        if ($step.Fails -and "$($failure.FullyQualifiedErrorId)" -notlike "$($step.Fails),*") { throw "Step '$($step.Title)' should have failed with $($step.Fails)." }
        if ($step.Check -and -not (. $step.Check)) { throw "Step '$($step.Title)' did not do what it says." }
    }
    Set-Content -LiteralPath $env:DEMO_STEP_FILE -Value $env:DEMO_STEP
}

<#
.SYNOPSIS
    Plays an act in a PowerShell of its own and gives its lines as they come.
#>
function Invoke-Act([hashtable] $Act, [string] $Folder, [string] $ModulePath, $State, [string] $StepFile) {
    $file = Join-Path $Folder 'act.ps1'
    Set-Content -LiteralPath $file -Value "$prelude", "$($Act.Steps)", "$runner"
    $pwsh = Get-PowerShellCommand
    $start = [Diagnostics.ProcessStartInfo]::new($pwsh.Path)
    foreach ($argument in $pwsh.Prefix + @('-NoProfile', '-NonInteractive', '-File', $file)) { $start.ArgumentList.Add($argument) }
    $start.WorkingDirectory = $Folder
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = [Text.Encoding]::UTF8

    foreach ($name in Get-ScrubbedVariable) { $null = $start.Environment.Remove($name) }
    # HOME of its own: the registry of vaults lies there.
    foreach ($name in 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA') { $start.Environment[$name] = $Folder }
    $start.Environment['NO_COLOR'] = '1'
    $start.Environment['NO_PROXY'] = 'localhost'
    $start.Environment['DEMO_MODULE_PATH'] = $ModulePath
    $start.Environment['DEMO_STEP_FILE'] = $StepFile
    $start.Environment['DEMO_STEP'] = (Get-Content -LiteralPath $StepFile -Raw).Trim()
    $start.Environment['ASTRO_DOMAIN'] = $State.domain
    # In the environment, never among the arguments: those can be seen by others.
    if ($Act['Token']) { $start.Environment['ASTRO_API_TOKEN'] = $State.tokens.($Act.Token).value }

    $process = [Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
            # A promise of the module that the demo keeps an eye on.
            if ($line -cmatch 'eyJ[\w-]{20,}') { throw "A line of '$($Act.Title)' holds a token." }
            $line
        }
        $process.WaitForExit()
        if ($process.ExitCode -ne 0) { throw "The demo stopped in '$($Act.Title)'.`n$($errors.GetAwaiter().GetResult().Trim())" }
    }
    finally {
        if (-not $process.HasExited) { $process.Kill($true) }
        $process.Dispose()
    }
}

Export-ModuleMember -Function Invoke-Act
