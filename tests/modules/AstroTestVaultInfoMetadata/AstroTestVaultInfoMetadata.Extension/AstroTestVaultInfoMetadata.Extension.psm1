. "$PSScriptRoot/../../AstroTestVault/Core.ps1"
. "$PSScriptRoot/../../AstroTestVault/InfoMetadata.ps1"

function Set-Secret {
    param([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters)

    Save-VaultSecret $Name $Secret $VaultName $AdditionalParameters @{}
}
