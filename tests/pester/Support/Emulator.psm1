Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'EmulatorControl.psm1')

<#
.SYNOPSIS
    Starts the Astro emulator as a process of its own and waits until it listens.
.OUTPUTS
    What the emulator said about itself when it was ready, and Process and Uri (its http address).
#>
function Start-TestEmulator {
    param(
        [string[]] $Arguments = @(),
        [string] $Path = $env:ASTROAUTH_EMULATOR,
        [int] $TimeoutSec = 60
    )

    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($argument in @($Path, '--port', '0', '--parent-pid', "$PID") + $Arguments) { $start.ArgumentList.Add($argument) }
    $process = [Diagnostics.Process]::Start($start)
    $errors = $process.StandardError.ReadToEndAsync()

    $deadline = [DateTime]::UtcNow.AddSeconds($TimeoutSec)
    $seen = [Collections.Generic.List[string]]::new()
    while ($true) {
        $next = $process.StandardOutput.ReadLineAsync()
        $left = [int][Math]::Max(0, ($deadline - [DateTime]::UtcNow).TotalMilliseconds)
        $line = if ($next.Wait($left)) { $next.Result }
        if ($null -eq $line) {
            if (-not $process.HasExited) { $process.Kill($true) }
            throw "The emulator did not become ready.`n$($seen -join "`n")`n$($errors.GetAwaiter().GetResult())"
        }
        if ($line.StartsWith('READY ', [StringComparison]::Ordinal)) { break }
        $seen.Add($line)
    }
    # Nobody reads on, and a full pipe would stop the emulator.
    $null = $process.StandardOutput.BaseStream.CopyToAsync([IO.Stream]::Null)

    $emulator = ConvertFrom-Json $line.Substring(6)
    $address = $emulator.PSObject.Properties.Value | Where-Object { "$_" -match '^http://' } | Select-Object -First 1
    if (-not $address) { throw "The emulator named no http address: $line" }
    $emulator | Add-Member -NotePropertyName Process -NotePropertyValue $process -Force
    $emulator | Add-Member -NotePropertyName Uri -NotePropertyValue "$address".TrimEnd('/') -Force
    Set-CurrentEmulator $emulator
    $emulator
}

<#
.SYNOPSIS
    Ends an emulator that Start-TestEmulator started.
#>
function Stop-TestEmulator {
    param([Parameter(Position = 0, ValueFromPipeline)] $Emulator = (Get-CurrentEmulator))

    process {
        if (-not $Emulator) { return }
        if (-not $Emulator.Process.HasExited) {
            $Emulator.Process.Kill($true)
            $null = $Emulator.Process.WaitForExit(10000)
        }
        $Emulator.Process.Dispose()
        if ([object]::ReferenceEquals($Emulator, (Get-CurrentEmulator))) { Set-CurrentEmulator $null }
    }
}

Export-ModuleMember -Function Start-TestEmulator, Stop-TestEmulator, Get-EmulatorState, Reset-Emulator,
Set-EmulatorClock, Add-EmulatorFault, Clear-EmulatorFault, Get-EmulatorFault, Wait-EmulatorHold, Get-EmulatorRequest,
Clear-EmulatorRequest, New-EmulatorToken, New-EmulatorUserToken, Set-EmulatorSetting, Get-EmulatorLoginSecret,
Set-EmulatorDag, Test-EmulatorToken
