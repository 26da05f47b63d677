using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Set, "Secret", DefaultParameterSetName = SecureStringSet, SupportsShouldProcess = true)]
public sealed class SetSecretCommand : SecretCmdlet
{
    private const string SecureStringSet = "SecureStringParameterSet";
    private const string ObjectSet = "ObjectParameterSet";
    private const string InfoSet = "SecretInfoParameterSet";

    [Parameter(ParameterSetName = SecureStringSet, Position = 0, Mandatory = true)]
    [Parameter(ParameterSetName = ObjectSet, Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = ObjectSet, Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public object? Secret { get; set; }

    [Parameter(ParameterSetName = SecureStringSet, Position = 1, Mandatory = true, ValueFromPipeline = true)]
    public SecureString? SecureStringSecret { get; set; }

    [Parameter(ParameterSetName = InfoSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecretInformation? SecretInfo { get; set; }

    [Parameter(ParameterSetName = SecureStringSet, Position = 2)]
    [Parameter(ParameterSetName = ObjectSet, Position = 2)]
    [Parameter(ParameterSetName = InfoSet, Position = 1, Mandatory = true)]
    public string? Vault { get; set; }

    [Parameter(ParameterSetName = SecureStringSet, Position = 3)]
    [Parameter(ParameterSetName = ObjectSet, Position = 3)]
    public Hashtable? Metadata { get; set; }

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    protected override void ProcessRecord()
    {
        ExtensionVault vault = GetTargetVault(Vault, "SetSecretCommandFailNoVault");
        string name = SecretInfo?.Name ?? Name;
        if (!ShouldProcess(vault.Registration.Name, $"Write secret {name} to vault and override any existing value: {!NoClobber}"))
            return;
        if (NoClobber && !CheckFree(vault, name))
            return;

        object? secret = SecretInfo is null ? SecureStringSecret ?? Unwrap(Secret) : GetVault(SecretInfo.VaultName).GetSecret(name);
        if (secret is null)
        {
            WriteNotFound($"The secret {name} was not found.", "SetSecretCommandNotFound");
            return;
        }

        Write(vault, name, secret, SecretInfo?.Metadata is { Count: > 0 } copied ? new Hashtable(copied.ToDictionary(p => p.Key, p => p.Value)) : Metadata);
    }

    private void Write(ExtensionVault vault, string name, object secret, Hashtable? metadata)
    {
        if (!vault.SetSecret(name, secret, metadata))
            return;

        if (metadata is not null && !vault.Registration.TakesMetadata && !vault.SetInformation(name, metadata))
        {
            // What the real module calls rolling back: the value that was there before is gone too. With ErrorAction
            // Stop the error above has already left this method, and the new value stays.
            vault.RemoveSecret(name);
            return;
        }

        // Whatever the vault did: a vault that only wrote an error, or stored nothing, counts as success.
        WriteVerbose($"Secret {name} was successfully added to vault {vault.Registration.Name}.");
    }

    /// <summary>Trusts a vault that says nothing.</summary>
    private bool CheckFree(ExtensionVault vault, string name)
    {
        if (vault.GetSecret(name) is null)
            return true;

        ErrorRecord error = new(
            new PSInvalidOperationException($"A secret with name {name} already exists in vault {vault.Registration.Name}."),
            "SetSecretCommandAlreadyExistsWithNoClobber",
            ErrorCategory.ResourceExists,
            this);
        if (SecretInfo is null)
            ThrowTerminatingError(error);
        WriteError(error);
        return false;
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
