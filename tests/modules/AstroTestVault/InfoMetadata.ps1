# The optional functions, for the vaults that have them.

function Set-SecretInfo {
    param([string] $Name, [hashtable] $Metadata, [string] $VaultName, [hashtable] $AdditionalParameters)

    $modes = Enter-VaultCall $VaultName $AdditionalParameters "Set-SecretInfo $Name"
    if ($modes -contains 'metafail') { throw "The vault $VaultName refuses metadata." }
    Assert-Metadata $Metadata
    Use-VaultState $VaultName $AdditionalParameters -Save {
        param($state)
        if ($state.ContainsKey($Name)) { $state[$Name].Metadata = $Metadata }
        else {
            Write-Error -Message "There is no secret $Name." -ErrorId 'AstroTestVaultSetInfoFailed' -Category ObjectNotFound
        }
    }
    if ($modes -contains 'killafter') { Stop-VaultProcess }
}

function Unlock-SecretVault {
    param([securestring] $Password, [string] $VaultName, [hashtable] $AdditionalParameters)

    if ([Net.NetworkCredential]::new('', $Password).Password -eq 'open') { Set-VaultData $VaultName 'Unlocked' $true }
    else { Write-Error -Message 'The password is wrong.' -ErrorId 'AstroTestVaultUnlockFailed' -Category AuthenticationError }
}

function Unregister-SecretVault {
    param([string] $VaultName, [hashtable] $AdditionalParameters)

    foreach ($key in 'State', 'Mode', 'Plan', 'Met', 'Log', 'Unlocked', 'Calls') { Set-VaultData $VaultName $key $null }
}
