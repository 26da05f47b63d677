Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'CrashScene.psm1')

# What can happen to a request. What a read would have changed is nothing, so that after it is as before the next step.
$apiFaults = [ordered]@{
    'cut before'     = @{ cut = 'before' }
    'cut after'      = @{ cut = 'after' }
    '429'            = @{ status = 429 }
    '500'            = @{ status = 500 }
    '503'            = @{ status = 503 }
    'outage'         = @{ status = 500; count = 0 }
    'timeout before' = @{ hold = 'before' }
    'timeout after'  = @{ hold = 'after' }
    'truncated'      = @{ truncate = $true }
    'kill before'    = @{ hold = 'before' }
    'kill after'     = @{ hold = 'after' }
    'meets another'  = @{ hold = 'before' }
}
$changesOnly = 'kill after', 'timeout after'

# What a vault can do at a call: modes of the test vault by the function they can meet.
$vaultFaults = [ordered]@{
    'locked'       = @{ On = '*'; Mode = 'locked' }
    'throws'       = @{ On = '*'; Mode = 'fail' }
    'writes error' = @{ On = '*'; Mode = 'error' }
    'vanishes'     = @{ On = '*'; Mode = 'vanish' }
    'slow'         = @{ On = '*'; Mode = 'pause' }
    'drops'        = @{ On = 'Set-Secret'; Mode = 'writedrop' }
    'alters'       = @{ On = 'Set-Secret'; Mode = 'writediffers' }
    'says false'   = @{ On = 'Set-Secret'; Mode = 'writefalse' }
    'metadata'     = @{ On = 'Set-SecretInfo'; Mode = 'metafail' }
    'kill before'  = @{ On = '*'; Mode = 'killbefore' }
    'kill after'   = @{ On = 'Set-Secret*'; Mode = 'killafter' }
}

function Get-ApiFault([string] $Kind) { $apiFaults[$Kind] }

function Get-VaultMode([string] $Kind) { $vaultFaults[$Kind].Mode }

# The other scenes take the same ways through the code. What a read leaves when it fails is what the change before it had
# left, so that there every change meets the faults, and one of each sort. With ASTROAUTH_CRASH=full they meet all.
$inFull = $env:ASTROAUTH_CRASH -eq 'full' ? @(Get-CrashSceneName) : @('Overlap', 'Grace', 'InPlace')
$changeFaults = 'cut after', 'outage', 'kill after'
$vaultWriteFaults = 'throws', 'alters', 'kill after'
$vaultReadFaults = 'throws'

function Test-FullScene([string] $Scene) { $Scene -in $inFull }

# The second vault lives in the module of all tests, which must not vanish from under the others.
function Get-VaultFault([string] $Scene) { $vaultFaults.Keys | Where-Object { $Scene -ne 'Fallback' -or $_ -ne 'vanishes' } }

function Test-FaultWanted([string] $Scene, [string] $Class, [string] $Kind, [string] $What) {
    if ($Class -eq 'vault' -and $Kind -ne 'no metadata' -and $What.Split(' ')[0] -notlike $vaultFaults[$Kind].On) { return $false }
    if ($Class -eq 'request' -and $Kind -in $changesOnly -and $What -like 'GET *') { return $false }
    if (Test-FullScene $Scene) { return $true }
    if ($Class -eq 'request') { return $What -notlike 'GET *' -and $Kind -in $changeFaults }
    $Kind -in ($What -match '^(Set|Remove)-Secret ' ? $vaultWriteFaults : $vaultReadFaults)
}

<#
.SYNOPSIS
    Rotates once without faults and gives the steps: requests and calls of the vault that keeps the value, in order.
.PARAMETER BrokenFrom
    The call at which the first vault breaks for good, where there is another one.
#>
function Get-RotationStep($Slot, [string] $Strategy, [int] $BrokenFrom) {
    $scene = New-CrashScene $Slot "recorded $Strategy" $Strategy
    if ($scene.Fallback) { Set-VaultPlan $scene.Vault (New-BrokenPlan $BrokenFrom) }
    $run = Invoke-CrashRun $scene
    if ("$($run.Results | ForEach-Object Status)" -ne 'Rotated') { throw "The run without faults gave '$($run.Results)': $($run.Errors)`n$($run.Text)" }
    @{
        Strategy = $Strategy
        Api      = @(Get-SlotRequest $Slot | ForEach-Object { Get-StepName $_ $scene })
        Vault    = @(Get-VaultLog ($scene.Fallback ?? $scene.Vault))
        Broken   = $BrokenFrom
    }
}

function New-BrokenPlan([int] $From) {
    $plan = @{}
    $From..($From + 60) | ForEach-Object { $plan[$_] = 'fail' }
    $plan
}

<#
.SYNOPSIS
    The number of the call that writes the new value, after the one that only proves that the vault can be written.
#>
function Get-WritingCall($Recording) { 1 + @(0..($Recording.Vault.Count - 1) | Where-Object { $Recording.Vault[$_] -eq 'Set-Secret kept' })[1] }

# A request is in the log once it has ended, which may be a moment after its answer has arrived.
function Get-SlotRequest($Slot, [int] $AtLeast = 0) {
    $patience = [Diagnostics.Stopwatch]::StartNew()
    do { $requests = @(Send-SlotRequest $Slot GET '_emulator/requests') } while ($requests.Count -lt $AtLeast -and $patience.Elapsed.TotalSeconds -lt 5)
    $requests
}

function Get-StepName($Request, $Scene) {
    $name = "$($Request.method) $($Request.path)".Replace($Scene.TokenId, '{old}')
    if ($Scene.Waiting) { $name = $name.Replace($Scene.Waiting.id, '{waiting}') }
    $name -replace '/tokens/[a-z0-9]{20,}', '/tokens/{new}' -replace '^(\w+) /v1(/organizations/[^/]+)?', '$1 '
}

<#
.SYNOPSIS
    All cases that follow from recorded steps.
#>
function New-CrashCase([object[]] $Recording) {
    $id = 0
    foreach ($one in $Recording) {
        foreach ($class in 'request', 'vault') {
            $steps = $class -eq 'request' ? $one.Api : $one.Vault
            for ($step = 0; $step -lt $steps.Count; $step++) {
                foreach ($kind in $class -eq 'request' ? $apiFaults.Keys : (Get-VaultFault $one.Strategy)) {
                    if (-not (Test-FaultWanted $one.Strategy $class $kind $steps[$step])) { continue }
                    @{ Id = ++$id; Strategy = $one.Strategy; Class = $class; Kind = $kind; Step = $step; What = $steps[$step]; Broken = $one.Broken }
                }
            }
        }
        if (Test-FullScene $one.Strategy) { @{ Id = ++$id; Strategy = $one.Strategy; Class = 'vault'; Kind = 'no metadata'; Step = 0; What = 'all'; Broken = 0 } }
    }
}

<#
.SYNOPSIS
    Each scene with each kind of fault.
#>
function Get-CrashGroup {
    foreach ($scene in Get-CrashSceneName) {
        $isFull = Test-FullScene $scene
        foreach ($kind in $isFull ? $apiFaults.Keys : $changeFaults) { @{ Strategy = $scene; Class = 'request'; Kind = $kind } }
        foreach ($kind in $isFull ? @(Get-VaultFault $scene) + 'no metadata' : $vaultWriteFaults) { @{ Strategy = $scene; Class = 'vault'; Kind = $kind } }
    }
}

function Test-VariantCase($Case) { $Case.Kind -in 'vanishes', 'no metadata' }

Export-ModuleMember -Function Get-RotationStep, Get-WritingCall, Test-FullScene, Get-VaultFault, New-CrashCase, Test-VariantCase, Get-CrashGroup, New-BrokenPlan, Get-SlotRequest, Get-StepName, Get-ApiFault, Get-VaultMode
