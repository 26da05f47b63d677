using System.Linq;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Connection;

/// <summary>Gives the connections of the runspace, or the default one.</summary>
[Cmdlet(VerbsCommon.Get, "AstroConnection", DefaultParameterSetName = NameSet)]
[OutputType(typeof(AstroConnection), typeof(AstroSavedSession))]
public sealed class GetAstroConnectionCommand : AstroCmdlet
{
    private const string NameSet = "Name";
    private const string DefaultSet = "Default";
    private const string ListSet = "ListAvailable";

    /// <summary>The names of the connections, with wildcards; without it all of them.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [Parameter(Position = 0, ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(ConnectionPatternCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only the default connection.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DefaultSet)]
    public SwitchParameter Default { get; set; }

    /// <summary>Users' sessions that are saved for this user of the machine, instead of the runspace's connections.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ListSet)]
    public SwitchParameter ListAvailable { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        if (ListAvailable)
        {
            var patterns = Name.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToList();
            WriteAll(Engine.GetSavedSessions().Where(s => patterns.Exists(p => p.IsMatch(s.Name))));
            return;
        }

        if (Default)
        {
            if (Connections.Default is { } chosen)
                WriteAll([Connections.Get(chosen)]);
            return;
        }

        foreach (var name in Name)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name))
            {
                Guard(() => WriteAll([Connections.Get(WildcardPattern.Unescape(name))]));
                continue;
            }

            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            WriteAll(Connections.All.Where(c => pattern.IsMatch(c.Name)).ToList());
        }
    }
}
