@{
  ModuleVersion     = '1.0.0'
  GUID              = '7e0c1df5-9f7c-4d8e-8a35-2a1a9a4b1c03'
  Author            = 'AstroAuth contributors'
  Description       = 'AstroTestVault without any metadata: the five required functions only.'
  NestedModules     = @('./AstroTestVaultNoMetadata.Extension')
  FunctionsToExport = @()
  CmdletsToExport   = @()
  AliasesToExport   = @()
  VariablesToExport = @()
}
