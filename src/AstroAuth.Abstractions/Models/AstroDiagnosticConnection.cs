using System;

namespace AstroAuth;

/// <summary>A connection in <c>Get-AstroDiagnostic</c>, without the person it is for.</summary>
public sealed class AstroDiagnosticConnection
{
    /// <summary>The connection's name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Whether cmdlets use it when they are told none.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>The kind of credential, a name of <see cref="AstroCredentialKind" />.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>Where the credential was found, a name of <see cref="AstroCredentialSource" />.</summary>
    public string Source { get; internal set; } = "";

    /// <summary>The variable, vault and secret, or parameter it came from; never a value.</summary>
    public string SourceDetail { get; internal set; } = "";

    /// <summary>The Astro domain.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>The id of the default organization, or null.</summary>
    public string? Organization { get; internal set; }

    /// <summary>The id of the default workspace, or null.</summary>
    public string? Workspace { get; internal set; }

    /// <summary>When the credential ends (UTC); null when it never does or renews itself.</summary>
    public DateTimeOffset? ExpiresOn { get; internal set; }

    /// <summary>How long one call may take, in seconds.</summary>
    public int TimeoutSec { get; internal set; }

    /// <summary>The name, the kind, the source and the domain.</summary>
    public override string ToString() => $"{Name}{(IsDefault ? " (default)" : "")}: {Kind} from {SourceDetail}, {Domain}";
}
