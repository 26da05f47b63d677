using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>What the rest of the line says, and what the runspace has seen that fits it.</summary>
internal sealed class CompletionRequest
{
    private readonly string _command;
    private readonly IDictionary _bound;
    private readonly SessionConnections? _connections;
    private readonly Lazy<AstroConnection?> _connection;

    internal CompletionRequest(string command, string parameter, IDictionary bound, SessionConnections? connections)
    {
        _command = command.Substring(command.LastIndexOf('\\') + 1);
        Parameter = parameter;
        _bound = bound;
        _connections = connections;
        _connection = new Lazy<AstroConnection?>(FindConnection);
    }

    /// <summary>The parameter that is completed.</summary>
    internal string Parameter { get; }

    /// <summary>The runspace's connections by name.</summary>
    internal IReadOnlyCollection<AstroConnection> Connections => _connections?.All ?? [];

    /// <summary>The connection that the command would use, or null.</summary>
    internal AstroConnection? Connection => _connection.Value;

    /// <summary>Whether a parameter was typed.</summary>
    internal bool Has(string parameter) => _bound.Contains(parameter);

    /// <summary>The text of another argument: an object's id, the text itself, or null.</summary>
    internal string? Text(string parameter) => Plain(_bound[parameter]) switch
    {
        AstroWorkspace workspace => workspace.Id,
        AstroDeployment deployment => deployment.Id,
        AstroOrganization organization => organization.Id,
        null => null,
        var other => other.ToString() is { Length: > 0 } text ? text : null,
    };

    /// <summary>The deployment that the command would use: the one typed, or the connection's default one; or null.</summary>
    internal string? Deployment => Text("Deployment") ?? Connection?.Deployment?.Id;

    /// <summary>What was seen of a kind, without what is of another domain or organization than the connection.</summary>
    internal IEnumerable<SeenThing> Of(SeenKind kind)
    {
        var domain = Connection?.Domain;
        var organization = kind == SeenKind.Organization ? null : Organization;
        return Everywhere(kind).Where(t =>
            (domain is null || t.Domain is null || string.Equals(domain, t.Domain, StringComparison.OrdinalIgnoreCase))
            && (organization is null || t.OrganizationId is null || t.OrganizationId == organization));
    }

    /// <summary>All that was seen of a kind, of any domain.</summary>
    internal IEnumerable<SeenThing> Everywhere(SeenKind kind) => _connections?.Seen.Of(kind) ?? [];

    /// <summary>What was seen of a kind in the deployment that the command would use.</summary>
    internal IEnumerable<SeenThing> OfDeployment(SeenKind kind) =>
        Deployment is { } wanted ? Of(kind).Where(t => Is(t.Deployment, SeenKind.Deployment, wanted)) : Of(kind);

    /// <summary>Whether a place is the one that was named by its id, its name or its object.</summary>
    internal bool Is(AstroPlace? place, SeenKind kind, string wanted) => place is not null
        && (place.Id == wanted
            || wanted.EndsWith($"({place.Id})", StringComparison.Ordinal)
            || string.Equals(place.Name ?? _connections?.Seen.Find(kind, place.Id)?.Name, wanted, StringComparison.OrdinalIgnoreCase));

    private string? Organization => Text("Organization") is not { } named ? Connection?.Organization?.Id
        : _connections?.Seen.Of(SeenKind.Organization).FirstOrDefault(o => Is(new AstroPlace(o.Id, o.Name), SeenKind.Organization, named))?.Id;

    private AstroConnection? FindConnection()
    {
        if (_connections is null || Is("Connect-Astro"))
            return null;
        var named = Is("Set-AstroConnection") ? "Name" : "Connection";
        return Plain(_bound[named]) switch
        {
            AstroConnection connection => connection,
            string name => _connections.TryGet(name),
            _ => _connections.InUse,
        };
    }

    private bool Is(string command) => string.Equals(_command, command, StringComparison.OrdinalIgnoreCase);

    private static object? Plain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        Array { Length: > 0 } several => Plain(several.GetValue(0)),
        Array => null,
        var one => one,
    };
}
