using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AstroAuth.Hosting;

namespace AstroAuth.Session;

/// <summary>The connections of one runspace; another runspace never sees or changes them.</summary>
internal sealed class SessionConnections
{
    internal const string DefaultName = "default";

    // Keyed by runspace and holding none alive: the one way a binary module keeps state that is not the process's.
    private static readonly ConditionalWeakTable<Runspace, SessionConnections> OfRunspace = new();

    private readonly Dictionary<string, AstroConnection> _connections = new(StringComparer.OrdinalIgnoreCase);
    private (string Fingerprint, AstroConnection Connection)? _fromEnvironment;

    /// <summary>The name of the default connection, or null.</summary>
    internal string? Default { get; private set; }

    /// <summary>What the runspace has been shown.</summary>
    internal SeenThings Seen { get; } = new();

    /// <summary>The connection of a cmdlet that is told none, as far as one was made; or null.</summary>
    internal AstroConnection? InUse => Default is { } chosen ? _connections[chosen] : _fromEnvironment?.Connection;

    /// <summary>Whether the types are registered in the runspace.</summary>
    internal bool HasTypes { get; set; }

    /// <summary>Whether the views are registered in the runspace.</summary>
    internal bool HasFormats { get; set; }

    /// <summary>All of them, by name.</summary>
    internal IReadOnlyCollection<AstroConnection> All => _connections.Values.OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ToList();

    internal static SessionConnections OfCurrentRunspace()
    {
        var connections = OfRunspace.GetOrCreateValue(Runspace.DefaultRunspace);
        Views.EnsureTypes(connections);
        return connections;
    }

    /// <summary>The connections of the runspace for a completer, or null where there is no runspace.</summary>
    internal static SessionConnections? TryOfCurrentRunspace() =>
        Runspace.DefaultRunspace is { } runspace && OfRunspace.TryGetValue(runspace, out var connections) ? connections : null;

    internal void Set(AstroConnection connection, bool makeDefault)
    {
        _connections[connection.Name] = connection;
        Seen.Note(connection);
        if (makeDefault)
            Default = connection.Name;
    }

    internal bool Remove(string name)
    {
        if (string.Equals(Default, name, StringComparison.OrdinalIgnoreCase))
            Default = null;
        return _connections.Remove(name);
    }

    /// <summary>The default connection becomes another.</summary>
    internal void Select(string name) => Default = Get(name).Name;

    /// <summary>The connection of that name, or null.</summary>
    internal AstroConnection? TryGet(string name) => _connections.TryGetValue(name, out var connection) ? connection : null;

    /// <exception cref="AstroException">ConnectionNotFound.</exception>
    internal AstroConnection Get(string name) => _connections.TryGetValue(name, out var connection)
        ? connection
        : throw new AstroException(
            nameof(Strings.ConnectionNotFound),
            Strings.Format(Strings.ConnectionNotFound, name, _connections.Count == 0 ? "There are none; use Connect-Astro." : "There are: " + string.Join(", ", All.Select(c => c.Name))),
            AstroErrorCategory.ObjectNotFound,
            name);

    /// <summary>What a cmdlet is to use: the connection named, the default one, or one from the environment.</summary>
    /// <exception cref="AstroException">ConnectionNotFound, NoCredential, or the environment's credential cannot be right.</exception>
    internal AstroConnection Resolve(ConnectionReference? reference)
    {
        if (reference?.Connection is { } connection)
            return connection;
        if (reference?.Name is { } name)
            return Get(name);
        if (Default is { } chosen)
            return _connections[chosen];
        return ResolveEnvironment();
    }

    // The same variables give the same connection, so that an exchanged access token is not asked for again.
    private AstroConnection ResolveEnvironment()
    {
        var found = EnvironmentCredential.Read();
        if (_fromEnvironment is { } known && known.Fingerprint == found.Fingerprint)
            return known.Connection;

        var request = found.ToRequest("environment", DomainName.FromEnvironment(), AstroConnectionDefaults.TimeoutSec) ?? throw found.ToNoCredential();
        var connection = EngineHost.Engine.Open(request);
        _fromEnvironment = (found.Fingerprint, connection);
        return connection;
    }
}
