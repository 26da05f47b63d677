using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AstroAuth.Vaults;

/// <summary>
/// The registered vaults, for completion: only where SecretManagement is loaded already, since loading takes half a second,
/// and only while nobody is at a vault. Its registry is in memory; no vault's code runs and none is unlocked.
/// </summary>
internal static class RegisteredVaults
{
    internal static IReadOnlyList<(string Name, string Module, bool IsDefault)> List()
    {
        using var free = SecretManagement.TryEnter();
        if (free is null || FindCmdlet() is not { } cmdlet)
            return [];
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(cmdlet).AddParameter("ErrorAction", ActionPreference.Ignore).AddParameter("Verbose", false).AddParameter("Debug", false);
        return shell.Invoke()
            .Select(v => ((string)v.Properties["Name"].Value, v.Properties["ModuleName"]?.Value as string ?? "", v.Properties["IsDefault"]?.Value is true)).ToList();
    }

    // Get-Command would load the module; Get-Module only looks.
    private static CmdletInfo? FindCmdlet()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(@"Microsoft.PowerShell.Core\Get-Module").AddParameter("Name", SecretManagement.Module);
        return shell.Invoke<PSModuleInfo>().FirstOrDefault()?.ExportedCmdlets is { } cmdlets && cmdlets.TryGetValue("Get-SecretVault", out var found) ? found : null;
    }
}
