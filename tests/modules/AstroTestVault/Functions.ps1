# What SecretManagement calls of a vault, the same for the three test vaults but for writing.

function Get-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)

    $modes = Enter-VaultCall $VaultName $AdditionalParameters "Get-Secret $Name"
    if ($modes -contains 'readfail') { throw "The vault $VaultName refuses to read." }
    if ($modes -contains 'readerror') {
        Write-Error -Message "The vault $VaultName reports a failed read." -ErrorId 'AstroTestVaultReadError' -Category ReadError
        return
    }
    if ($modes -contains 'readint') { return 42 }
    if ($modes -contains 'readtwo') { return 'first', 'second' }
    if ($modes -contains 'readnoise') {
        Write-Host 'host noise'
        Write-Warning 'warning noise'
        Write-Verbose 'verbose noise' -Verbose
        Write-Information 'information noise'
    }
    Use-VaultState $VaultName $AdditionalParameters {
        param($state)
        if ($state.ContainsKey($Name)) { , $state[$Name].Secret }
    }
}

function Get-SecretInfo {
    param([string] $Filter, [string] $VaultName, [hashtable] $AdditionalParameters)

    $modes = Enter-VaultCall $VaultName $AdditionalParameters "Get-SecretInfo $Filter"
    if ($modes -contains 'infofail') { throw "The vault $VaultName refuses to list." }
    if ($modes -contains 'infoempty') { return }
    if ([string]::IsNullOrEmpty($Filter)) { $Filter = '*' }
    $pattern = [WildcardPattern]::new($Filter, 'IgnoreCase')
    Use-VaultState $VaultName $AdditionalParameters {
        param($state)
        foreach ($entry in @($state.Values | Where-Object { $pattern.IsMatch($_.Name) })) {
            $times = if ($modes -contains 'infodup') { 2 } else { 1 }
            for ($i = 0; $i -lt $times; $i++) {
                [Microsoft.PowerShell.SecretManagement.SecretInformation]::new(
                    $entry.Name, (Get-SecretKind $entry.Secret), $VaultName, [hashtable]$entry.Metadata)
            }
        }
    }
}

function Remove-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)

    $modes = Enter-VaultCall $VaultName $AdditionalParameters "Remove-Secret $Name"
    Use-VaultState $VaultName $AdditionalParameters -Save {
        param($state)
        if ($state.ContainsKey($Name)) { $state.Remove($Name) }
        else {
            Write-Error -Message "There is no secret $Name." -ErrorId 'AstroTestVaultRemoveFailed' -Category ObjectNotFound
        }
    }
    Exit-VaultChange $Name $null $AdditionalParameters $modes
}

function Test-SecretVault {
    param([string] $VaultName, [hashtable] $AdditionalParameters)

    $modes = Enter-VaultCall $VaultName $AdditionalParameters "Test-SecretVault"
    if ($modes -contains 'testfail') { throw "The vault $VaultName refuses its test." }
    $modes -notcontains 'testfalse'
}
