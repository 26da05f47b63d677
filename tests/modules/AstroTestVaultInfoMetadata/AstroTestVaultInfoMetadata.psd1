@{
  ModuleVersion     = '1.0.0'
  GUID              = '7e0c1df5-9f7c-4d8e-8a35-2a1a9a4b1c05'
  Author            = 'AstroAuth contributors'
  Description       = 'AstroTestVault that takes metadata through Set-SecretInfo only.'
  NestedModules     = @('./AstroTestVaultInfoMetadata.Extension')
  FunctionsToExport = @()
  CmdletsToExport   = @()
  AliasesToExport   = @()
  VariablesToExport = @()
}
