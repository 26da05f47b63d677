Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'CrashScene.psm1'), (Join-Path $PSScriptRoot 'CrashMatrix.psm1'), (Join-Path $PSScriptRoot 'CrashFinding.psm1'), (Join-Path $PSScriptRoot 'ChildProcess.psm1')

<#
.SYNOPSIS
    Lets one case happen in a slot, runs the command again, and tells what is wrong afterwards.
.OUTPUTS
    The case with Findings (empty when all is well), First (how the faulted run ended) and Seconds.
#>
function Invoke-CrashCase($Slot, $Case) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $findings = [Collections.Generic.List[string]]::new()
    $name = '{0} {1}' -f $Case.Strategy, $Case.Id
    $kind = switch ($Case.Kind) { 'vanishes' { 'Vanishing' } 'no metadata' { 'Bare' } default { '' } }
    $scene = New-CrashScene $Slot $name $Case.Strategy $kind $(if ($Case.Kind -like 'timeout*') { 2 } else { 60 })
    $folder = (New-Item -ItemType Directory -Path (Join-Path $Slot.Folder "files/$($Case.Id)")).FullName

    $plan = @{}
    if ($Case.Class -eq 'vault' -and $Case.Kind -ne 'no metadata') { $plan[[int]$Case.Step + 1] = Get-VaultMode $Case.Kind }
    if ($Case.Class -eq 'request') {
        $null = Send-SlotRequest $Slot POST '_emulator/faults' ((Get-ApiFault $Case.Kind) + @{ skip = $Case.Step })
    }
    $first = if ($Case.Kind -like 'kill*' -or $Case.Kind -eq 'meets another') { Invoke-ChildRun $Slot $scene $plan $folder $Case }
    else {
        if ($scene.Fallback) {
            Set-VaultPlan $scene.Vault (New-BrokenPlan $Case.Broken)
            Set-VaultPlan $scene.Fallback $plan
        }
        else { Set-VaultPlan $scene.Vault $plan }
        Invoke-CrashRun $scene
    }
    $first.Works = Test-KeptValue $Slot $scene @($first.Results | ForEach-Object Vault)
    $first.Handed = @($first.Results | Where-Object ErrorId -EQ 'RotationValueNotStored' | ForEach-Object { Test-HandedValue $Slot $_.Token })
    Test-Reached $Slot $scene $Case | ForEach-Object { $findings.Add($_) }

    Send-SlotRequest $Slot DELETE '_emulator/faults'
    $scene.Vault, $scene.Fallback | Where-Object { $_ } | ForEach-Object { Set-VaultPlan $_ @{} }
    if ($scene.IsOwn) {
        # Whoever connects by the token reads it from the vault; when a lost answer has locked everybody out, another one helps.
        $kept = Test-KeptValue $Slot $scene
        if (-not $kept -and -not $scene.IsInPlace) { $findings.Add('the connection is locked out') }
        $scene.Runner = $kept ? (Get-KeptSecret $scene).Value : $scene.Spare
    }
    if (Test-Path -LiteralPath "$($Slot.Module).gone") { Rename-Item -LiteralPath "$($Slot.Module).gone" -NewName (Split-Path $Slot.Module -Leaf) }
    $scene.TimeoutSec = 60
    $second = Invoke-CrashRun $scene
    $third = if ($scene.HasGrace) {
        if ($scene.Waiting -and -not (Send-SlotRequest $Slot GET '_emulator/authenticates' -Token $scene.Waiting.token).authenticates) { $findings.Add('the token that waited for its end went too early') }
        $null = Send-SlotRequest $Slot POST '_emulator/clock' @{ advanceSeconds = 86460 }
        Invoke-CrashRun $scene @{ OlderThan = [timespan]::FromDays(3650) }
    }
    else { @{ Results = @(); Errors = @(); Text = '' } }

    foreach ($finding in Get-CrashFinding $Slot $scene $Case $first $second $third $folder) { $findings.Add($finding) }
    $Case.Findings = @($findings)
    $Case.First = "$($first.Results | ForEach-Object Status) $($first.Errors | ForEach-Object FullyQualifiedErrorId)".Trim()
    $Case.Second = "$($second.Results | ForEach-Object Status)"
    if ($findings) { $Case.Text = "$($first.Text)`n--- again ---`n$($second.Text)`n$($third.Text)" }
    $Case.Seconds = $watch.Elapsed.TotalSeconds
    $Case
}

# A run in a process of its own, which is killed where it is held, or goes on after another run has been there.
function Invoke-ChildRun($Slot, $Scene, [hashtable] $Plan, [string] $Folder, $Case) {
    $child = if ($Scene.Fallback) { Start-CrashRun $Scene (New-BrokenPlan $Case.Broken) $Folder $Plan } else { Start-CrashRun $Scene $Plan $Folder }
    $other = @{ Results = @(); Errors = @(); Text = '' }
    if ($Case.Class -eq 'request') {
        while (-not $child.Process.HasExited -and -not @(Send-SlotRequest $Slot GET '_emulator/faults')[0].held) { Start-Sleep -Milliseconds 20 }
        if ($Case.Kind -eq 'meets another') {
            $other = Invoke-CrashRun $Scene
            $id = @(Send-SlotRequest $Slot GET '_emulator/faults')[0].id
            Send-SlotRequest $Slot DELETE "_emulator/faults/$id"
        }
        elseif (-not $child.Process.HasExited) { $child.Process.Kill() }
    }
    $ended = Wait-ChildPwsh $child
    # The emulator lets go of the dead child's request before anything else happens.
    while ($Case.Kind -like 'kill*' -and $Case.Class -eq 'request' -and @(Send-SlotRequest $Slot GET '_emulator/faults')[0].held) { Start-Sleep -Milliseconds 5 }
    @{ Results = $other.Results; Errors = $other.Errors; ExitCode = $ended.ExitCode; Text = "$($ended.StdOut)`n$($ended.StdErr)`n--- the other ---`n$($other.Text)" }
}

# A fault that meets nothing, or another step than the recorded one, proves nothing.
function Test-Reached($Slot, $Scene, $Case) {
    if ($Case.Class -eq 'request') {
        $faults = @(Send-SlotRequest $Slot GET '_emulator/faults')
        if ($faults -and -not $faults[0].fired) { return 'the fault met no request' }
        $met = @(Get-SlotRequest $Slot ($Case.Step + 1) | ForEach-Object { Get-StepName $_ $Scene })
        if ($met[$Case.Step] -ne $Case.What) { "step $($Case.Step) was '$($met[$Case.Step])' and not '$($Case.What)'" }
    }
    elseif ($Case.Kind -ne 'no metadata' -and $Case.Kind -notlike 'kill*') {
        $vault = $Scene.Fallback ?? $Scene.Vault
        if (-not (Test-VaultPlanMet $vault)) { return 'the fault met no call of the vault' }
        $met = @(Get-VaultLog $vault)
        if ($Case.Kind -ne 'vanishes' -and $met[$Case.Step] -ne $Case.What) { "call $($Case.Step) was '$($met[$Case.Step])' and not '$($Case.What)'" }
    }
}

Export-ModuleMember -Function Invoke-CrashCase
