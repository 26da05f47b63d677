using System.IO;
using System.Linq;
using AstroAuth.Engine.Authentication.AstroCli;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>A token in plain text in the Astro CLI's config.yaml; whether it is there, not what it is.</summary>
internal sealed class CliConfigToken : MachineRule
{
    internal CliConfigToken()
        : base(
            nameof(CliConfigToken),
            AstroFindingSeverity.Warning,
            "token in plain text in the Astro CLI's file",
            "Whoever can read the file, a backup or a copy of the home folder has the access or refresh token in it. The second lasts for weeks.",
            "Sign the CLI out (astro logout) on machines that need no person there, and give automation an API token from a vault: Connect-Astro -SecretName <name> -Vault <vault>")
    {
    }

    internal override AstroTokenFinding? Find(AuditedMachine machine)
    {
        // The parser need not be loaded where there is nothing to read.
        if (!File.Exists(machine.CliConfig))
            return null;
        try
        {
            var contexts = CliConfigFile.Read(machine.CliConfig, includeTokens: false).Contexts.Where(c => c.HasToken || c.HasRefreshToken).ToList();
            return contexts.Count == 0 ? null : Finding($"{machine.CliConfig} holds a token in plain text for {string.Join(", ", contexts.Select(c => c.Domain))}.");
        }
        catch (AstroException e)
        {
            return NotChecked("It could not be checked: " + e.Message, "Look into the file yourself, or leave the rule out: -ExcludeRule " + Id);
        }
    }
}
