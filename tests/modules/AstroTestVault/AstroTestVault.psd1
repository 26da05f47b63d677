@{
  ModuleVersion     = '1.0.0'
  GUID              = '7e0c1df5-9f7c-4d8e-8a35-2a1a9a4b1c01'
  Author            = 'AstroAuth contributors'
  Description       = 'A vault for tests that misbehaves on demand.'
  NestedModules     = @('./AstroTestVault.Extension')
  FunctionsToExport = @()
  CmdletsToExport   = @()
  AliasesToExport   = @()
  VariablesToExport = @()
}
