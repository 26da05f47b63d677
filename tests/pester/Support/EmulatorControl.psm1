Set-StrictMode -Version Latest

# The emulator that the functions speak to when they are not told one: the last that was started.
$current = $null

function Get-CurrentEmulator { $script:current }
function Set-CurrentEmulator($Emulator) { $script:current = $Emulator }

function Invoke-Control([string] $Method, [string] $Path, $Body, $Emulator) {
    if (-not $Emulator) { $Emulator = $script:current }
    if (-not $Emulator) { throw 'No emulator runs. Call Start-TestEmulator first.' }
    $request = @{ Method = $Method; Uri = "$($Emulator.Uri)/_emulator/$Path"; NoProxy = $true; TimeoutSec = 30; Verbose = $false }
    if ($null -ne $Body) {
        $request.Body = ConvertTo-Json $Body -Depth 10
        $request.ContentType = 'application/json'
    }
    Invoke-RestMethod @request
}

<#
.SYNOPSIS
    Everything the emulator holds: organizations, workspaces, deployments, tokens.
#>
function Get-EmulatorState {
    param($Emulator)
    Invoke-Control GET 'state' $null $Emulator
}

<#
.SYNOPSIS
    Puts back what the emulator began with, and its clock; no fault and no request is left. Settings stay as they are.
#>
function Reset-Emulator {
    param($Emulator)
    Clear-EmulatorFault $Emulator
    $null = Set-EmulatorClock -Reset -Emulator $Emulator
    $null = Invoke-Control POST 'reset' $null $Emulator
    Clear-EmulatorRequest $Emulator
}

<#
.SYNOPSIS
    Moves the emulator's clock, which is what tokens expire by.
#>
function Set-EmulatorClock {
    param(
        [Parameter(Mandatory, ParameterSetName = 'Advance')] [int] $AdvanceSeconds,
        [Parameter(Mandatory, ParameterSetName = 'Set')] [DateTimeOffset] $Set,
        [Parameter(Mandatory, ParameterSetName = 'Reset')] [switch] $Reset,
        $Emulator
    )

    $body = switch ($PSCmdlet.ParameterSetName) {
        'Advance' { @{ advanceSeconds = $AdvanceSeconds } }
        'Set' { @{ set = $Set.UtcDateTime.ToString('o', [cultureinfo]::InvariantCulture) } }
        'Reset' { @{ reset = $true } }
    }
    Invoke-Control POST 'clock' $body $Emulator
}

<#
.SYNOPSIS
    Makes the emulator misbehave: the hashtable says on which requests and how.
#>
function Add-EmulatorFault {
    param([Parameter(Mandatory, Position = 0)] [hashtable] $Fault, $Emulator)
    Invoke-Control POST 'faults' $Fault $Emulator
}

<#
.SYNOPSIS
    Takes all faults away.
#>
function Clear-EmulatorFault {
    param($Emulator)
    $null = Invoke-Control DELETE 'faults' $null $Emulator
}

<#
.SYNOPSIS
    The faults that are still to come.
#>
function Get-EmulatorFault {
    param($Emulator)
    Invoke-Control GET 'faults' $null $Emulator | Write-Output
}

<#
.SYNOPSIS
    Waits until a fault holds a request, and tells whether one came.
#>
function Wait-EmulatorHold {
    param($Emulator)

    $deadline = [DateTime]::UtcNow.AddSeconds(20)
    while ([DateTime]::UtcNow -lt $deadline) {
        if (@(Get-EmulatorFault $Emulator | Where-Object held -GT 0)) { return $true }
        Start-Sleep -Milliseconds 20
    }
    $false
}

<#
.SYNOPSIS
    The requests the emulator has had, oldest first.
#>
function Get-EmulatorRequest {
    param($Emulator)
    Invoke-Control GET 'requests' $null $Emulator | Write-Output
}

<#
.SYNOPSIS
    Forgets the requests so far.
#>
function Clear-EmulatorRequest {
    param($Emulator)
    $null = Invoke-Control DELETE 'requests' $null $Emulator
}

<#
.SYNOPSIS
    Makes an API token behind the API's back.
#>
function New-EmulatorToken {
    param([Parameter(Position = 0)] [hashtable] $Token = @{}, $Emulator)
    Invoke-Control POST 'tokens' $Token $Emulator
}

<#
.SYNOPSIS
    Makes a user's access token without a sign-in.
#>
function New-EmulatorUserToken {
    param([Parameter(Position = 0)] [hashtable] $Token = @{}, $Emulator)
    Invoke-Control POST 'user-tokens' $Token $Emulator
}

<#
.SYNOPSIS
    Changes how the emulator behaves from now on.
#>
function Set-EmulatorSetting {
    param([Parameter(Mandatory, Position = 0)] [hashtable] $Setting, $Emulator)
    Invoke-Control POST 'settings' $Setting $Emulator
}

<#
.SYNOPSIS
    The secrets of the logins so far, value by name, as Find-Canary takes them.
#>
function Get-EmulatorLoginSecret {
    param($Emulator)
    $secrets = @{}
    foreach ($one in Invoke-Control GET 'login-secrets' $null $Emulator | Write-Output) { $secrets["$($one.kind) $($secrets.Count)"] = $one.value }
    $secrets
}

<#
.SYNOPSIS
    Says how the next runs of a DAG go: outcome, queuedSeconds, runningSeconds, isPaused.
#>
function Set-EmulatorDag {
    param([Parameter(Mandatory, Position = 0)] [string] $DeploymentId, [Parameter(Mandatory, Position = 1)] [string] $DagId, [Parameter(Mandatory, Position = 2)] [hashtable] $Dag, $Emulator)
    $null = Invoke-Control POST "deployments/$DeploymentId/dags/$DagId" $Dag $Emulator
}

<#
.SYNOPSIS
    Whether a bearer value is alive; leaves no trace among the requests.
#>
function Test-EmulatorToken {
    param([Parameter(Mandatory, Position = 0)] [string] $Token, $Emulator = $script:current)

    $request = @{
        Uri                = "$($Emulator.Uri)/_emulator/authenticates"
        Headers            = @{ Authorization = "Bearer $Token" }
        NoProxy            = $true
        SkipHttpErrorCheck = $true
        StatusCodeVariable = 'status'
        Verbose            = $false
    }
    $answer = Invoke-RestMethod @request
    if ($status -eq 401) { return $false }
    if ($answer -is [bool]) { return $answer }
    # A 200 may still say no in its body.
    $verdict = $answer.PSObject.Properties | Where-Object { $_.Value -is [bool] } | Select-Object -First 1
    if ($verdict) { $verdict.Value } else { $status -eq 200 }
}

Export-ModuleMember -Function Get-CurrentEmulator, Set-CurrentEmulator, Get-EmulatorState, Reset-Emulator,
Set-EmulatorClock, Add-EmulatorFault, Clear-EmulatorFault, Get-EmulatorFault, Wait-EmulatorHold, Get-EmulatorRequest,
Clear-EmulatorRequest, New-EmulatorToken, New-EmulatorUserToken, Set-EmulatorSetting, Get-EmulatorLoginSecret,
Set-EmulatorDag, Test-EmulatorToken
