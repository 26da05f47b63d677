using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.SecretManagement.Vaults;

namespace Microsoft.PowerShell.SecretManagement;

[Cmdlet(VerbsDiagnostic.Test, "SecretVault")]
[OutputType(typeof(bool))]
public sealed class TestSecretVaultCommand : SecretCmdlet
{
    private bool _tested;
    private bool _good = true;

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Name { get; set; } = { "*" };

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            Registration[] found = Registry.List().Where(vault => pattern.IsMatch(vault.Name)).ToArray();
            if (found.Length == 0)
                WriteNotFound($"Vault {name} was not found.", "TestSecretVaultNotFound");
            foreach (Registration vault in found)
            {
                _tested = true;
                _good &= new ExtensionVault(vault, this).Test();
            }
        }
    }

    protected override void EndProcessing()
    {
        if (_tested)
            WriteObject(_good);
    }
}
