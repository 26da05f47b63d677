using System.Management.Automation;
using System.Security;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Unlock, "SecretVault")]
public sealed class UnlockSecretVaultCommand : SecretCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    protected override void ProcessRecord() => GetVault(Name).Unlock(Password!);
}
