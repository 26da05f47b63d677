# Tokens whose values are in a vault; dot-sourced, as these are the tests' own words.

'Session', 'TestVault' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "$_.psm1") -Force }
Import-Module Microsoft.PowerShell.SecretManagement
$astro = Start-Astro
$owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
$quiet = @{ Confirm = $false }
function Get-Kept($Name, $Vault = 'V') { Get-Secret -Name $Name -Vault $Vault -AsPlainText -ErrorAction Ignore }
function New-Kept($Name) { New-AstroApiToken $Name -Role WORKSPACE_AUTHOR -Workspace $astro.workspaces[0].id -Description "about $Name" -ExpiresInDays 30 -Vault V -SecretName $Name }

# As before any rotation, with vaults that work.
function Reset-Rotation {
    Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    [AppDomain]::CurrentDomain.SetData('AstroTestVault:V:Plan', $null)
    Register-SecretVault -Name V -ModuleName AstroTestVault
    Reset-Session
    Connect-Astro -ApiToken $owner -SkipValidation
}
