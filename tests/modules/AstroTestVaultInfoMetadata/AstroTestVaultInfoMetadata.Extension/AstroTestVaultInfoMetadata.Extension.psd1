@{
  ModuleVersion     = '1.0.0'
  GUID              = '7e0c1df5-9f7c-4d8e-8a35-2a1a9a4b1c06'
  Author            = 'AstroAuth contributors'
  Description       = 'The functions of AstroTestVaultInfoMetadata.'
  RootModule        = 'AstroTestVaultInfoMetadata.Extension.psm1'
  FunctionsToExport = @('Get-Secret', 'Get-SecretInfo', 'Remove-Secret', 'Set-Secret', 'Test-SecretVault', 'Set-SecretInfo', 'Unlock-SecretVault', 'Unregister-SecretVault')
  CmdletsToExport   = @()
  AliasesToExport   = @()
  VariablesToExport = @()
}
