using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Set, "SecretInfo", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class SetSecretInfoCommand : SecretCmdlet
{
    private const string NameSet = "NameParameterSet";
    private const string InfoSet = "InfoParameterSet";

    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = NameSet, Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = InfoSet, Position = 1, Mandatory = true)]
    [AllowEmptyCollection]
    public Hashtable? Metadata { get; set; }

    [Parameter(ParameterSetName = NameSet, Position = 2)]
    public string? Vault { get; set; }

    [Parameter(ParameterSetName = InfoSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecretInformation? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        ExtensionVault vault = GetTargetVault(InputObject?.VaultName ?? Vault, "SetSecretInfoCommandFailNoVault");
        string name = InputObject?.Name ?? Name;
        // Keys that are no strings end the cmdlet with the cast's own exception.
        foreach (object key in Metadata!.Keys)
            _ = (string)key;

        if (ShouldProcess(vault.Registration.Name, $"Set metadata of secret {name}") && vault.SetInformation(name, Metadata))
            WriteVerbose($"Metadata of secret {name} was set in vault {vault.Registration.Name}.");
    }
}
