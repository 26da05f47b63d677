using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>What a token says of itself, read offline. A hint only: nothing of it is verified, and it never holds the token.</summary>
public sealed class AstroTokenInfo
{
    /// <summary>ApiToken for an API token, AccessToken for a user's or an exchanged access token.</summary>
    public AstroCredentialKind Kind { get; internal set; }

    /// <summary>ORGANIZATION, WORKSPACE or DEPLOYMENT, from the narrowest permission entry; null when it names none.</summary>
    public string? Scope { get; internal set; }

    /// <summary>The API token's id, usable with <c>Get-AstroApiToken -Id</c>; null when it is not said.</summary>
    public string? TokenId { get; internal set; }

    /// <summary>The organization's id, or null.</summary>
    public string? OrganizationId { get; internal set; }

    /// <summary>The workspace's id, or null.</summary>
    public string? WorkspaceId { get; internal set; }

    /// <summary>The deployment's id, or null.</summary>
    public string? DeploymentId { get; internal set; }

    /// <summary>The <c>sub</c> claim: who the token speaks for.</summary>
    public string? Subject { get; internal set; }

    /// <summary>The <c>iss</c> claim: who issued it.</summary>
    public string? Issuer { get; internal set; }

    /// <summary>The <c>aud</c> claim: whom it is meant for.</summary>
    public IReadOnlyList<string> Audience { get; internal set; } = Array.Empty<string>();

    /// <summary>The entries of the <c>permissions</c> claim as they stand; empty for a user.</summary>
    public IReadOnlyList<string> Permissions { get; internal set; } = Array.Empty<string>();

    /// <summary>When it was issued (UTC), or null.</summary>
    public DateTimeOffset? IssuedOn { get; internal set; }

    /// <summary>From when on it works (UTC), or null.</summary>
    public DateTimeOffset? NotBefore { get; internal set; }

    /// <summary>When it ends (UTC); null when it never expires.</summary>
    public DateTimeOffset? ExpiresOn { get; internal set; }

    /// <summary>Whole days until it ends, rounded down; negative when it has ended, null when it never expires.</summary>
    public int? DaysLeft { get; internal set; }

    /// <summary>Whether it has ended at the time of reading.</summary>
    public bool IsExpired { get; internal set; }

    /// <summary>The kind, the id and the end.</summary>
    public override string ToString() => $"{Kind} {TokenId ?? Subject}".TrimEnd()
        + (ExpiresOn is { } end ? $", expires {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture)}" : ", never expires");
}
