using System;

namespace AstroAuth;

/// <summary>Which API tokens are wanted; null means any.</summary>
public sealed record ApiTokenQuery
{
    /// <summary>ORGANIZATION, WORKSPACE or DEPLOYMENT: the level that owns the token.</summary>
    public string? Scope { get; init; }

    /// <summary>Tokens with a role in this workspace, by id or exact name.</summary>
    public string? Workspace { get; init; }

    /// <summary>Tokens with a role in this deployment, by id or exact name.</summary>
    public string? Deployment { get; init; }

    /// <summary>STANDARD or DIRECT_ACCESS.</summary>
    public string? Kind { get; init; }

    /// <summary>Only tokens that end within this time from now, or have ended.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>Only tokens without an end.</summary>
    public bool NeverExpires { get; init; }

    /// <summary>Only tokens not used for this time; one never used counts from its start.</summary>
    public TimeSpan? UnusedFor { get; init; }

    /// <summary>Says whether a name is wanted; null for any name.</summary>
    public Func<string, bool>? NameMatches { get; init; }
}
