using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsLifecycle.Unregister, "SecretVault", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class UnregisterSecretVaultCommand : SecretCmdlet
{
    private const string NameSet = "NameParameterSet";
    private const string VaultSet = "SecretVaultParameterSet";

    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = System.Array.Empty<string>();

    [Parameter(ParameterSetName = VaultSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecretVaultInfo? SecretVault { get; set; }

    protected override void ProcessRecord()
    {
        if (SecretVault is not null)
        {
            Remove(SecretVault.Name);
            return;
        }

        foreach (string name in Name)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            string[] found = Registry.List().Select(vault => vault.Name).Where(pattern.IsMatch).ToArray();
            if (found.Length == 0)
                WriteVaultNotFound(name);
            foreach (string one in found)
                Remove(one);
        }
    }

    private void Remove(string name)
    {
        if (Registry.Find(name) is not { } registration)
        {
            WriteVaultNotFound(name);
            return;
        }

        if (!ShouldProcess(name, "Remove vault registration"))
            return;
        new ExtensionVault(registration, this).Unregister();
        Registry.Remove(name);
    }

    private void WriteVaultNotFound(string name) => WriteNotFound($"Vault {name} was not found.", "UnregisterSecretVaultObjectNotFound");
}
