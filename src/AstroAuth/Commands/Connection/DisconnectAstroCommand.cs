using System.Linq;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Connection;

/// <summary>Forgets connections of the runspace, with their credentials.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Astro", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class DisconnectAstroCommand : AstroCmdlet
{
    private const string NameSet = "Name";
    private const string AllSet = "All";

    /// <summary>The names of the connections; without it the default one.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Forget every connection of the runspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        var names = All ? Connections.All.Select(c => c.Name).ToArray()
            : Name ?? (Connections.Default is { } chosen ? [chosen] : []);
        if (names.Length == 0)
            WriteVerbose("There is no connection to forget.");
        foreach (var name in names)
        {
            Guard(() =>
            {
                var connection = Connections.Get(name);
                if (ShouldProcess(connection.ToString(), "Disconnect"))
                    Connections.Remove(connection.Name);
            });
        }
    }
}
