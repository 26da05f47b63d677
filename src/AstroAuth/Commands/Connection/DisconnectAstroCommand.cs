using System;
using System.Linq;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;
using AstroAuth.Session;

namespace AstroAuth.Commands.Connection;

/// <summary>Forgets connections of the runspace, with their credentials; a user's session is ended.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Astro", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class DisconnectAstroCommand : AstroCmdlet
{
    private const string NameSet = "Name";
    private const string AllSet = "All";

    /// <summary>The names of the connections; without it the default one.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Forget every connection of the runspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Leave a user's saved session as it is, to be resumed later.</summary>
    [Parameter]
    public SwitchParameter KeepSession { get; set; }

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
                if (!KeepSession && Connections.All.All(c => !string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)) && TryEndSaved(name))
                    return;
                var connection = Connections.Get(name);
                if (!ShouldProcess(connection.ToString(), "Disconnect"))
                    return;
                Connections.Remove(connection.Name);
                if (connection.Kind == AstroCredentialKind.User && !KeepSession)
                    Run((_, sink, token) => Engine.SignOutAsync(new AstroCall(connection, sink, token)));
            });
        }
    }

    // A session saved by another process can be ended without going on with it first.
    private bool TryEndSaved(string name)
    {
        if (Engine.GetSavedSessions().FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } saved)
            return false;
        if (ShouldProcess(saved.ToString(), "End the saved session"))
            Run((_, sink, token) => Engine.SignOutSavedAsync(saved.Name, AstroConnectionDefaults.TimeoutSec, sink, token));
        return true;
    }
}
