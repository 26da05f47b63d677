using System;

namespace AstroAuth;

/// <summary>A saved session in <c>Get-AstroDiagnostic</c>, without the person it is of; it was not opened.</summary>
public sealed class AstroDiagnosticSavedSession
{
    /// <summary>The connection's name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The Astro domain.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>What keeps its tokens: DPAPI, Keychain, Secret Service, or a file that only its owner may read.</summary>
    public string Cache { get; internal set; } = "";

    /// <summary>When it was last used (UTC).</summary>
    public DateTimeOffset LastUsedOn { get; internal set; }

    /// <summary>The name, the domain and what keeps it.</summary>
    public override string ToString() => $"{Name} ({Domain}), kept by {Cache}";
}
