using System.Collections.Generic;

namespace AstroAuth;

/// <summary>A call to a path of Astro's v1 API.</summary>
public sealed record AstroRequest
{
    /// <summary>GET, POST or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>The path below <c>/v1</c>; <c>{organizationId}</c>, <c>{workspaceId}</c> and <c>{deploymentId}</c> stand for the connection's own.</summary>
    public required string Path { get; init; }

    /// <summary>Query parameters; a parameter with several values is repeated.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The body as a tree of dictionaries, lists and plain values, or JSON text; null for none.</summary>
    public object? Body { get; init; }

    /// <summary>Fetch every page of a list and hand over its items.</summary>
    public bool All { get; init; }
}
