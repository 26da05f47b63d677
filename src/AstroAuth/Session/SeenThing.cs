using System;
using System.Collections.Generic;

namespace AstroAuth.Session;

/// <summary>The sorts of things whose names and ids can be completed.</summary>
internal enum SeenKind
{
    Organization,
    Workspace,
    Deployment,
    ApiToken,
    AgentToken,
    Role,
    Dag,
    DagRun,
    Deploy,
    Cluster,
    Region,
    RuntimeRelease,
    SavedSession,
    CliContext,
    Secret,
}

/// <summary>What is remembered of one thing that was shown: what it is called and where it belongs, never a value.</summary>
internal sealed record SeenThing(SeenKind Kind, string Id, string Name)
{
    /// <summary>A word about it.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The domain of the connection that showed it; null where none did.</summary>
    public string? Domain { get; internal set; }

    /// <summary>The organization it belongs to, or null while that is not known.</summary>
    public string? OrganizationId { get; internal set; }

    /// <summary>The workspace it belongs to, or null.</summary>
    public AstroPlace? Workspace { get; init; }

    /// <summary>The deployment it belongs to, or null.</summary>
    public AstroPlace? Deployment { get; init; }

    /// <summary>What its name is unique in: a secret's vault, a run's DAG, a region's cloud; a role's kind; a session's user.</summary>
    public string? Within { get; init; }

    /// <summary>ORGANIZATION, WORKSPACE, DEPLOYMENT or DAG, for what has a scope.</summary>
    public string? Scope { get; init; }

    /// <summary>For what is listed by time, the newest first: when it was made.</summary>
    public DateTimeOffset? MadeOn { get; init; }

    /// <summary>For a token that expires: when.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>What it has: a token's roles, a role's permissions, a DAG's tags, a deployment's worker queues, a deploy's bundles.</summary>
    public IReadOnlyList<object> Parts { get; init; } = [];

    /// <summary>What tells it from others of its kind.</summary>
    internal string Key => Kind switch
    {
        SeenKind.Dag => $"{Deployment?.Id}\n{Id}",
        SeenKind.DagRun => $"{Deployment?.Id}\n{Within}\n{Id}",
        SeenKind.Secret or SeenKind.Region => $"{Within}\n{Id}".ToUpperInvariant(),
        SeenKind.Role => $"{Domain}\n{OrganizationId}\n{Id}",
        _ => Id,
    };
}
