using System;
using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsCommon.Get, "Secret", DefaultParameterSetName = NameSet)]
[OutputType(typeof(object))]
public sealed class GetSecretCommand : SecretCmdlet
{
    private const string NameSet = "NameParameterSet";
    private const string InfoSet = "InfoParameterSet";

    [Parameter(ParameterSetName = NameSet, Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = NameSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Vault { get; set; }

    [Parameter(ParameterSetName = InfoSet, Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecretInformation? InputObject { get; set; }

    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    protected override void ProcessRecord()
    {
        string name = InputObject?.Name ?? Name;
        string? vault = InputObject?.VaultName ?? Vault;
        object? secret;
        if (string.IsNullOrEmpty(vault))
        {
            secret = Search(name);
        }
        else
        {
            secret = Read(GetVault(vault!), name, out bool locked);
            if (locked)
                return;
        }

        if (secret is null)
            WriteNotFound($"The secret {name} was not found.", "GetSecretNotFound");
        else
            WriteObject(AsPlainText ? SecretValue.Reveal(secret) : SecretValue.Protect(secret));
    }

    private object? Search(string name)
    {
        System.Collections.Generic.IReadOnlyList<Registration> vaults = Registry.List();
        if (vaults.Count == 0)
            WriteWarning("There are currently no extension vaults registered.");

        foreach (Registration registration in vaults)
        {
            ExtensionVault vault = new(registration, this);
            bool isDefault = string.Equals(registration.Name, Registry.DefaultName, StringComparison.OrdinalIgnoreCase);
            // The default vault is asked whether it has the name, as a pattern, and a lock of it ends the search.
            object? secret = isDefault
                ? (vault.GetInformation(name).Count > 0 ? vault.GetSecret(name) : null)
                : Read(vault, name, out _);
            if (secret is not null)
                return secret;
        }

        return null;
    }

    private object? Read(ExtensionVault vault, string name, out bool locked)
    {
        locked = false;
        try
        {
            return vault.GetSecret(name);
        }
        catch (PasswordRequiredException error)
        {
            locked = true;
            WriteError(new ErrorRecord(error, "GetSecretException", ErrorCategory.InvalidOperation, this));
            return null;
        }
    }
}
