using System.Collections.Generic;

namespace Microsoft.PowerShell.SecretManagement;

/// <summary>A registration, as Get-SecretVault shows it.</summary>
public sealed class SecretVaultInfo
{
    internal SecretVaultInfo(Vaults.Registration registration, bool isDefault)
    {
        Name = registration.Name;
        ModuleName = registration.ModuleName;
        ModulePath = registration.ModulePath;
        Description = registration.Description;
        VaultParameters = registration.Parameters;
        IsDefault = isDefault;
    }

    public string Name { get; }

    public string ModuleName { get; }

    public string ModulePath { get; }

    public string Description { get; }

    public IReadOnlyDictionary<string, object?> VaultParameters { get; }

    public bool IsDefault { get; }
}
