using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Get, "SecretVault")]
[OutputType(typeof(SecretVaultInfo))]
public sealed class GetSecretVaultCommand : SecretCmdlet
{
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = { "*" };

    protected override void EndProcessing()
    {
        IReadOnlyList<Registration> vaults = Registry.List();
        string? defaultName = Registry.DefaultName;
        foreach (string name in Name)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            SecretVaultInfo[] found = vaults
                .Where(vault => pattern.IsMatch(vault.Name))
                .OrderBy(vault => vault.Name, StringComparer.OrdinalIgnoreCase)
                .Select(vault => new SecretVaultInfo(vault, string.Equals(vault.Name, defaultName, StringComparison.OrdinalIgnoreCase)))
                .ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteNotFound($"Vault {name} does not exist in registry.", "GetSecretVaultNotFound");
            WriteObject(found, enumerateCollection: true);
        }
    }
}
