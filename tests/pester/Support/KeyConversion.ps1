# A legacy key and who puts a token in its place; dot-sourced, as these are the tests' own words.

'Session', 'TestVault', 'Canary', 'ChildProcess' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "$_.psm1") -Force }
Import-Module Microsoft.PowerShell.SecretManagement
$astro = Start-Astro
$owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
$sales = $astro.deployments[0]
$keyName = @{ Connection = 'key'; CreateAs = 'owner' }
$kept = @{ Vault = 'V'; SecretName = 'sales' }
function Connect-Key($Credential = (New-KeyCredential $astro.legacyKey)) { Connect-Astro -DeploymentKey $Credential -Name key -NoDefault -SkipValidation 3>$null }
function Get-Made { Get-AstroApiToken sales-etl-deploy -Connection owner | Where-Object Description -Match 'Deployment API key|astroauth:' }
function Get-Creation { Get-SentRequest -Path '/tokens$' | Where-Object method -EQ POST }

# As before any conversion, with a vault that works.
function Reset-Conversion {
    Reset-TestVault V
    Set-TestVaultMode V ''
    Reset-Session
    Connect-Astro -ApiToken $owner -Name owner -NoDefault -SkipValidation
    Connect-Key
    Get-Made | Remove-AstroApiToken -Connection owner -Confirm:$false
    Clear-EmulatorRequest
}
