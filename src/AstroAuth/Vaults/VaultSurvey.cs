using System.Linq;
using System.Management.Automation;
using AstroAuth.Hosting;

namespace AstroAuth.Vaults;

/// <summary>Which vaults are registered; none is opened and no secret is read. On the pipeline thread.</summary>
internal static class VaultSurvey
{
    internal static void AddTo(AstroDiagnostic diagnostic, AstroCmdlet cmdlet)
    {
        diagnostic.SecretManagementVersion = FindVersion();
        if (diagnostic.SecretManagementVersion is null)
            return;
        try
        {
            diagnostic.Vaults = new SecretManagement(cmdlet).Call(new VaultCall("Get-SecretVault", "", "", "list")).Select(v => new AstroDiagnosticVault
            {
                Name = (string)v.Properties["Name"].Value,
                Module = v.Properties["ModuleName"]?.Value as string ?? "",
                IsDefault = v.Properties["IsDefault"]?.Value is true,
            }).ToList();
        }
        catch (AstroVaultException e)
        {
            diagnostic.VaultProblem = e.Message;
        }
    }

    // The one that is loaded, or else the one that would be.
    private static string? FindVersion()
    {
        foreach (var isInstalled in (bool[])[false, true])
        {
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand(@"Microsoft.PowerShell.Core\Get-Module").AddParameter("Name", SecretManagement.Module).AddParameter("ListAvailable", isInstalled);
            shell.AddParameter("ErrorAction", ActionPreference.Ignore).AddParameter("Verbose", false).AddParameter("Debug", false);
            if (shell.Invoke<PSModuleInfo>().FirstOrDefault() is { } module)
                return module.Version.ToString();
        }

        return null;
    }
}
