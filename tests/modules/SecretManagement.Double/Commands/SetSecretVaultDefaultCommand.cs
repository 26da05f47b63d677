using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Set, "SecretVaultDefault", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class SetSecretVaultDefaultCommand : SecretCmdlet
{
    private const string NameSet = "NameParameterSet";
    private const string VaultSet = "SecretVaultParameterSet";
    private const string ClearSet = "ClearParameterSet";

    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = VaultSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecretVaultInfo? SecretVault { get; set; }

    [Parameter(ParameterSetName = ClearSet, Mandatory = true)]
    public SwitchParameter ClearDefault { get; set; }

    protected override void ProcessRecord()
    {
        string? name = null;
        if (!ClearDefault)
        {
            string wanted = SecretVault?.Name ?? Name;
            name = Registry.Find(wanted)?.Name;
            if (name is null)
            {
                ThrowTerminatingError(new ErrorRecord(
                    new ItemNotFoundException($"Vault {wanted} was not found."),
                    "VaultNotFound",
                    ErrorCategory.ObjectNotFound,
                    this));
            }
        }

        if (ShouldProcess(name ?? "", name is null ? "Clear the default vault" : "Set as default vault"))
            Registry.SetDefault(name);
    }
}
