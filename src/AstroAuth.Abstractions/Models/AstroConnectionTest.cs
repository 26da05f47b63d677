using System;

namespace AstroAuth;

/// <summary>What <c>Test-AstroConnection -Detailed</c> found out.</summary>
public sealed class AstroConnectionTest
{
    /// <summary>The connection's name.</summary>
    public string Connection { get; internal set; } = "";

    /// <summary>Whether Astro was reached and accepted the credential.</summary>
    public bool Success { get; internal set; }

    /// <summary>Whether Astro answered at all.</summary>
    public bool Reachable { get; internal set; }

    /// <summary>Who the credential speaks for: a user name, a token's name, or an id.</summary>
    public string? Who { get; internal set; }

    /// <summary>The kind of credential.</summary>
    public AstroCredentialKind Kind { get; internal set; }

    /// <summary>Where the credential was found.</summary>
    public AstroCredentialSource Source { get; internal set; }

    /// <summary>ORGANIZATION, WORKSPACE or DEPLOYMENT for API tokens and keys; null for a user.</summary>
    public string? Scope { get; internal set; }

    /// <summary>The domain.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>The organization the credential reaches, or null.</summary>
    public AstroPlace? Organization { get; internal set; }

    /// <summary>When the credential ends (UTC); null when it never expires or renews itself.</summary>
    public DateTimeOffset? ExpiresOn { get; internal set; }

    /// <summary>Whole days until it ends, rounded down; null when it never expires.</summary>
    public int? DaysLeft { get; internal set; }

    /// <summary>How long the answer took, in milliseconds; null when none came.</summary>
    public int? LatencyMs { get; internal set; }

    /// <summary>The error's id when the test failed, or null.</summary>
    public string? ErrorId { get; internal set; }

    /// <summary>Why the test failed, or null.</summary>
    public string? Message { get; internal set; }
}
