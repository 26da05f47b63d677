using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Connection;

/// <summary>Makes connections of the contexts of the Astro CLI; the CLI's file is only read.</summary>
[Cmdlet(VerbsData.Import, "AstroConnection", SupportsShouldProcess = true)]
[OutputType(typeof(AstroConnection))]
public sealed class ImportAstroConnectionCommand : AstroCmdlet
{
    /// <summary>The contexts by their domain, with wildcards; without it all of them.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(CliContextCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The CLI's config.yaml; without it the one below ASTRO_HOME or the home folder.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Take the token that the CLI keeps in the file, so that the connection works at once.</summary>
    [Parameter]
    public SwitchParameter IncludeToken { get; set; }

    /// <summary>Replace connections of the runspace that have the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Make none of them the runspace's default connection.</summary>
    [Parameter]
    public SwitchParameter NoDefault { get; set; }

    /// <summary>Return the connections.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        var config = Engine.ReadCliConfig(Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path), IncludeToken);
        foreach (var context in config.Contexts)
            Remember(context);
        var chosen = new List<AstroCliContext>();
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var matches = config.Contexts.Where(c => pattern.IsMatch(c.Domain) || pattern.IsMatch(c.Key)).ToList();
            if (matches.Count == 0 && (!WildcardPattern.ContainsWildcardCharacters(name) || config.Contexts.Count == 0))
                WriteError(NotFound(name, config).ToErrorRecord());
            chosen.AddRange(matches.Except(chosen));
        }

        foreach (var context in chosen)
            Import(config, context);
    }

    private void Import(AstroCliConfig config, AstroCliContext context)
    {
        try
        {
            if (!Force && Connections.TryGet(context.Domain) is not null)
            {
                throw new AstroException(
                    nameof(Strings.ConnectionExists),
                    Strings.Format(Strings.ConnectionExists, context.Domain),
                    AstroErrorCategory.ResourceExists,
                    context.Domain);
            }

            var connection = Engine.OpenCliContext(config, context, IncludeToken);
            if (!ShouldProcess(connection.ToString(), IncludeToken ? "Import connection with its token" : "Import connection"))
                return;

            // A connection that waits for its credential must not stand before what the environment holds.
            Connections.Set(connection, makeDefault: IncludeToken && context.IsCurrent && !NoDefault && Connections.Default is null);
            if (PassThru)
                WriteAll([connection]);
        }
        catch (AstroException e) when (e.ErrorId == "InvalidDomain" && !IsSpelledOut(context))
        {
            WriteWarning($"The context {context.Domain} was passed over: it is not at Astro but of the self-hosted product.");
        }
        catch (AstroException e)
        {
            // Another context's token may be good although this one's is not.
            WriteError(e.ToErrorRecord());
        }
    }

    private bool IsSpelledOut(AstroCliContext context) => Name.Any(n =>
        string.Equals(n, context.Domain, StringComparison.OrdinalIgnoreCase) || string.Equals(n, context.Key, StringComparison.OrdinalIgnoreCase));

    private static AstroException NotFound(string name, AstroCliConfig config) => new(
        nameof(Strings.CliContextNotFound),
        Strings.Format(
            Strings.CliContextNotFound,
            config.Path,
            name,
            config.Contexts.Count == 0 ? "It has none: the CLI has not signed in yet. Use Connect-Astro." : "It has: " + string.Join(", ", config.Contexts)),
        AstroErrorCategory.ObjectNotFound,
        name);
}
