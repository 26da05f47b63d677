using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

/// <summary>What all cmdlets of the module share.</summary>
public abstract class SecretCmdlet : PSCmdlet
{
    /// <summary>The vault of that name; its absence ends the cmdlet.</summary>
    private protected ExtensionVault GetVault(string name)
    {
        Registration? registration = Registry.Find(name);
        if (registration is null)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSInvalidOperationException($"Vault '{name}' was not found in registry."),
                "GetSecretVaultNotFound",
                ErrorCategory.ObjectNotFound,
                this));
        }

        return new ExtensionVault(registration!, this);
    }

    /// <summary>The vault that a write goes to: the named one, or the default.</summary>
    private protected ExtensionVault GetTargetVault(string? name, string noVaultId)
    {
        if (string.IsNullOrEmpty(name))
        {
            name = Registry.DefaultName;
            if (name is null)
            {
                ThrowTerminatingError(new ErrorRecord(
                    new PSInvalidOperationException("No vault was named and there is no default vault."),
                    noVaultId,
                    ErrorCategory.InvalidOperation,
                    this));
            }
        }

        return GetVault(name!);
    }

    private protected void WriteNotFound(string message, string id) =>
        WriteError(new ErrorRecord(new ItemNotFoundException(message), id, ErrorCategory.ObjectNotFound, this));
}
