. "$PSScriptRoot/../Core.ps1"
. "$PSScriptRoot/../InfoMetadata.ps1"

function Set-Secret {
    param([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters, [hashtable] $Metadata = @{})

    Save-VaultSecret $Name $Secret $VaultName $AdditionalParameters $Metadata
}
