using System;
using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Get, "SecretInfo")]
[OutputType(typeof(SecretInformation))]
public sealed class GetSecretInfoCommand : SecretCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Name { get; set; } = "*";

    [Parameter(Position = 1)]
    public string? Vault { get; set; }

    protected override void EndProcessing()
    {
        if (!string.IsNullOrEmpty(Vault))
        {
            Write(GetVault(Vault!));
            return;
        }

        foreach (ExtensionVault vault in Registry.List().Select(registration => new ExtensionVault(registration, this)))
            Write(vault);
    }

    private void Write(ExtensionVault vault)
    {
        try
        {
            WriteObject(vault.GetInformation(Name), enumerateCollection: true);
        }
        catch (Exception error) when (error is PasswordRequiredException or ArgumentException)
        {
            WriteError(new ErrorRecord(error, "GetSecretInfoException", ErrorCategory.InvalidOperation, this));
        }
    }
}
