Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'CrashScene.psm1'), (Join-Path $PSScriptRoot 'Canary.psm1')

<#
.SYNOPSIS
    What is wrong after a case: the promises of a rotation, looked at from outside.
#>
function Get-CrashFinding($Slot, $Scene, $Case, $First, $Second, $Third, [string] $Folder) {
    $kept = Get-KeptSecret $Scene
    Get-ValueFinding $Slot $Scene $Case $kept
    Get-TokenFinding $Slot $Scene $Case $kept
    Get-RunFinding $Scene $Case $First $Second $Third
    Get-LeakFinding $Scene $kept "$($First.Text)`n$($Second.Text)`n$($Third.Text)" $Folder
}

<#
.SYNOPSIS
    Whether what a scene's vault holds now is let in; the other vault's value counts where a run says that it is there.
#>
function Test-KeptValue($Slot, $Scene, [string[]] $Vaults = @()) {
    $value = (Get-KeptSecret $Scene -InFallback:([bool]$Scene.Fallback -and $Scene.Fallback -in $Vaults)).Value
    [bool]$value -and (Send-SlotRequest $Slot GET '_emulator/authenticates' -Token $value).authenticates
}

function Test-HandedValue($Slot, [securestring] $Value) {
    [bool]$Value -and (Send-SlotRequest $Slot GET '_emulator/authenticates' -Token ([Net.NetworkCredential]::new('', $Value).Password)).authenticates
}

<#
.SYNOPSIS
    What a scene's vault holds, or the other one.
#>
function Get-KeptSecret($Scene, [switch] $InFallback) {
    $file = $InFallback ? (Join-Path (Split-Path $Scene.File) "$($Scene.Fallback).xml") : $Scene.File
    $entries = @(if (Test-Path -LiteralPath $file) { foreach ($entry in Import-Clixml -LiteralPath $file) { if ($entry) { $entry } } })
    $entry = $entries | Where-Object Name -EQ $Scene.Secret
    @{
        Names    = @($entries | ForEach-Object Name)
        Value    = if ($entry) { [Net.NetworkCredential]::new('', $entry.Secret).Password }
        Metadata = if ($entry) { ConvertFrom-Json $entry.Metadata -AsHashtable }
    }
}

# (1) and (3): the value in the vault works now, and worked at every step before.
function Get-ValueFinding($Slot, $Scene, $Case, $Kept) {
    if (-not $Kept.Value) { return 'the vault holds no value' }
    if (-not (Send-SlotRequest $Slot GET '_emulator/authenticates' -Token $Kept.Value).authenticates) { 'the value in the vault does not authenticate' }
    if ("$($Kept.Names)" -ne $Scene.Secret) { "the vault holds $($Kept.Names)" }
    # A vault without metadata, or one that was gone or refused when metadata came, has lost it; that is allowed.
    if ($Case.Kind -in 'no metadata' -or $Scene.IsEmpty -or $Kept.Metadata['Owner'] -eq 'team sales') { } elseif ($Case.Class -ne 'vault') { 'the metadata of the user was lost' }

    $works = -not $Scene.IsEmpty
    $end = $null
    foreach ($sighting in @(Send-SlotRequest $Slot GET '_emulator/watched')) {
        if ($sighting.name -eq 'waiting') {
            $end = $sighting
            continue
        }
        if ($sighting.name -eq 'old') {
            $oldWorks = $sighting.authenticates
            if (-not $oldWorks -and -not $works -and -not $Scene.IsInPlace) { "the old value was dead after $($sighting.after) while the vault held none that works" }
            continue
        }
        $fell = $works -and -not $sighting.authenticates
        $works = $sighting.authenticates
        if (-not $fell) { continue }
        if ($Scene.IsInPlace -and $sighting.after -match '^POST .*/rotate$') { continue }
        # A vault that alters what it is given; the old token must be alive then.
        if ($Case.Kind -eq 'alters' -and $sighting.after -like 'value of*' -and ($Scene.IsInPlace -or $oldWorks)) { continue }
        "the value in the vault was dead after $($sighting.after)"
    }
    if ($Scene.Waiting -and $end.authenticates) { 'the token that waited for its end is still there' }
}

# (2): one live token of that name that is as the first one was, and no note of work that is not finished.
function Get-TokenFinding($Slot, $Scene, $Case, $Kept) {
    $named = @((Send-SlotRequest $Slot GET "$($Scene.Tokens)?limit=1000" -Token $Slot.Emulator.tokens.organizationOwner.value).tokens | Where-Object name -EQ $Scene.Name)
    if ($named.Count -ne 1) { "$($named.Count) tokens of that name: $(($named | ForEach-Object { "$($_.id) '$($_.description)'" }) -join ', ')" }
    foreach ($token in $named | Where-Object { $_.description -match '\[astroauth:' }) { "token $($token.id) still says '$($token.description)'" }
    if ($named.Count -ne 1) { return }
    if ($Kept.Value) {
        $id = (Send-SlotRequest $Slot GET '_emulator/authenticates' -Token $Kept.Value).tokenId
        if ($id -ne $named[0].id) { "the vault's value is of $id and not of $($named[0].id)" }
    }
    if ($named[0].description -cne 'Loads sales, every night') { "the description is '$($named[0].description)'" }
    if ($named[0].expiryPeriodInDays -ne 90) { "the expiry period is $($named[0].expiryPeriodInDays)" }
    $roles = @($named[0].roles | ForEach-Object { "$($_.entityType)=$($_.role)" })
    $missing = "WORKSPACE=$($Scene.Role)", 'DEPLOYMENT=DEPLOYMENT_ADMIN', 'DAG=DAG_AUTHOR', 'DAG_TAG=DAG_VIEWER' | Where-Object { $_ -notin $roles }
    if ($missing -or $roles.Count -ne 4) { "the roles are $roles" }
}

# Nothing is silent, and the clean run afterwards ends well.
function Get-RunFinding($Scene, $Case, $First, $Second, $Third) {
    if ($Case.Kind -like 'kill*') {
        if ($First.ExitCode -in 0, 1) { "the child ended with $($First.ExitCode) and was not killed" }
    }
    elseif ($Case.Kind -eq 'meets another') {
        if ($First.ExitCode -ne 0) { "the child ended with $($First.ExitCode)" }
    }
    elseif ($First.Results.Count -eq 0 -and -not $First.Errors) { 'the faulted run said nothing' }
    else {
        $failed = @($First.Results | Where-Object { "$($_.Status)" -in 'Failed', 'RolledBack' })
        if ($failed.Count -ne $First.Errors.Count -and $First.Results.Count) { "$($failed.Count) failures and $($First.Errors.Count) errors" }
        if ($failed | Where-Object { -not $_.Reason }) { 'a failure without a reason' }
        # Where no vault took the value, the caller has it: it is never gone.
        if ($First.Handed -contains $false) { 'the value that no vault took is not in the result' }
        elseif (-not $failed -and -not $First.Errors -and -not $First.Works) { 'it said all was well while the value in the vault was dead' }
    }
    # Others of that name, an unfinished successor or one that waits for its end, are said to be so.
    $statuses = @($Second.Results | ForEach-Object { "$($_.Status)" })
    if (@($statuses -eq 'Rotated').Count -ne 1 -or ($statuses | Where-Object { $_ -notin 'Rotated', 'Skipped', 'Retired' })) { "the run afterwards gave '$statuses' $($Second.Results | ForEach-Object Reason)" }
    if ($Second.Errors) { "the run afterwards failed: $($Second.Errors)" }
    if ($Third.Errors) { "the run after the grace period failed: $($Third.Errors)" }
}

# (4): no secret in anything that was said or left.
function Get-LeakFinding($Scene, $Kept, [string] $Text, [string] $Folder) {
    $canary = @{ first = $Scene.Value; runner = $Scene.Runner }
    if ($Kept.Value) { $canary.kept = $Kept.Value }
    $texts = [ordered]@{ 'what was said' = $Text }
    # A killed process leaves pipes behind, and reading one would wait for ever.
    Get-ChildItem -LiteralPath $Folder -Recurse -File | Where-Object { $IsWindows -or $_.UnixMode -like '-*' } | ForEach-Object { $texts[$_.Name] = [IO.File]::ReadAllText($_) }
    foreach ($where in $texts.Keys) {
        Find-Canary $texts[$where] $canary $where
        if ($texts[$where] -cmatch 'eyJ[\w-]{10}') { "something like a token in $where" }
    }
}

Export-ModuleMember -Function Get-CrashFinding, Get-KeptSecret, Test-KeptValue, Test-HandedValue
