using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsLifecycle.Register, "SecretVault", SupportsShouldProcess = true)]
[OutputType(typeof(SecretVaultInfo))]
public sealed class RegisterSecretVaultCommand : SecretCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ModuleName { get; set; } = "";

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    public Hashtable VaultParameters { get; set; } = new();

    [Parameter]
    public SwitchParameter DefaultVault { get; set; }

    [Parameter]
    public SwitchParameter AllowClobber { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public string Description { get; set; } = "";

    protected override void EndProcessing()
    {
        if (VaultParameters.ContainsKey("Verbose"))
            Throw("RegisterSecretVaultCommandCannotUseReservedName", new PSInvalidOperationException("'Verbose' is a reserved name of a vault parameter."));

        ExtensionModule module = Inspect();
        string name = Name ?? module.Name;
        if (Registry.Find(name) is not null && !AllowClobber)
            Throw("RegisterSecretVaultInvalidVaultName", new InvalidOperationException($"Provided Name for vault, {name}, is already being used."));
        if (!ShouldProcess(module.Name, $"Register vault {name}"))
            return;

        // Through JSON at once, so that a vault sees in this process what it will see in the next.
        Hashtable parameters = VaultParameters.Count == 0 ? new Hashtable() : Json.Read(Json.Write(VaultParameters));
        Registration registration = new(name, module.Name, module.Path, Description, parameters, module.TakesMetadata);
        Registry.Add(registration, DefaultVault);
        if (PassThru)
            WriteObject(new SecretVaultInfo(registration, string.Equals(Registry.DefaultName, name, StringComparison.OrdinalIgnoreCase)));
    }

    private ExtensionModule Inspect()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(ModuleName);
        try
        {
            return ExtensionModule.Inspect(Directory.Exists(path) || File.Exists(path) ? path : ModuleName);
        }
        catch (ItemNotFoundException error)
        {
            Throw("RegisterSecretVaultCantGetModuleInfo", new PSInvalidOperationException($"Could not load and retrieve module information for {ModuleName}: {error.Message}", error));
        }
        catch (InvalidDataException error)
        {
            Throw("RegisterSecretVaultInvalidExtensionVault", new PSInvalidOperationException("Could not find a required function in the vault extension.", error));
        }

        return null!;
    }

    private void Throw(string id, Exception error) =>
        ThrowTerminatingError(new ErrorRecord(error, id, ErrorCategory.InvalidOperation, this));
}
