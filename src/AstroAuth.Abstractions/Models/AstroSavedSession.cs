using System;

namespace AstroAuth;

/// <summary>A user's session that outlives the process, as <c>Get-AstroConnection -ListAvailable</c> shows it. It holds no secret.</summary>
public sealed class AstroSavedSession
{
    /// <summary>The connection's name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The Astro domain.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>The user name (an e-mail address) of the person.</summary>
    public string? User { get; internal set; }

    /// <summary>The organization of the last time, or null.</summary>
    public AstroPlace? Organization { get; internal set; }

    /// <summary>The workspace of the last time, or null.</summary>
    public AstroPlace? Workspace { get; internal set; }

    /// <summary>When it was last used (UTC).</summary>
    public DateTimeOffset LastUsedOn { get; internal set; }

    /// <summary>Whether the system protects it; false for a file that only its owner may read.</summary>
    public bool IsProtected { get; internal set; }

    /// <summary>The name, the user and the domain.</summary>
    public override string ToString() => $"{Name} ({User}, {Domain})";
}
