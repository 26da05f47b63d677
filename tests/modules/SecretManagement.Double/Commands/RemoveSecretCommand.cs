using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Remove, "Secret", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class RemoveSecretCommand : SecretCmdlet
{
    private const string NameSet = "NameParameterSet";
    private const string InfoSet = "InfoParameterSet";

    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = NameSet, Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Vault { get; set; } = "";

    [Parameter(ParameterSetName = InfoSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecretInformation? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        ExtensionVault vault = GetVault(InputObject?.VaultName ?? Vault);
        string name = InputObject?.Name ?? Name;
        if (ShouldProcess(vault.Registration.Name, $"Remove secret {name} from vault") && vault.RemoveSecret(name))
            WriteVerbose($"Secret {name} was successfully removed from vault {vault.Registration.Name}.");
    }
}
