@{
  RootModule           = 'Microsoft.PowerShell.SecretManagement.dll'
  ModuleVersion        = '1.1.2'
  GUID                 = '6b0d1f0b-6d6c-4f0e-9a3c-0f3f5f1a7c52'
  Author               = 'AstroAuth contributors'
  CompanyName          = 'AstroAuth contributors'
  Copyright            = '(c) AstroAuth contributors'
  Description          = 'Contract double of Microsoft.PowerShell.SecretManagement for the tests of AstroAuth. Not the real module.'
  PowerShellVersion    = '5.1'
  CompatiblePSEditions = @('Core', 'Desktop')
  CmdletsToExport      = @(
    'Get-Secret', 'Get-SecretInfo', 'Get-SecretVault', 'Register-SecretVault', 'Remove-Secret', 'Set-Secret', 'Set-SecretInfo',
    'Set-SecretVaultDefault', 'Test-SecretVault', 'Unlock-SecretVault', 'Unregister-SecretVault'
  )
  FunctionsToExport    = @()
  AliasesToExport      = @()
  VariablesToExport    = @()
  PrivateData          = @{
    # Tells tests which of the two modules they met.
    IsContractDouble = $true
  }
}
