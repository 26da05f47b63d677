using System;
using AstroAuth.Engine.Authentication.AstroCli;

namespace AstroAuth.Engine.Audit;

/// <summary>Where an audit looks on the machine it runs on.</summary>
internal sealed class AuditedMachine
{
    internal static AuditedMachine This => new(Environment.GetEnvironmentVariable, CliConfigFile.DefaultPath);

    internal AuditedMachine(Func<string, string?> environment, string cliConfig)
    {
        Variable = environment;
        CliConfig = cliConfig;
    }

    /// <summary>The value of an environment variable.</summary>
    internal Func<string, string?> Variable { get; }

    /// <summary>The path of the Astro CLI's config.yaml, which may not be there.</summary>
    internal string CliConfig { get; }
}
