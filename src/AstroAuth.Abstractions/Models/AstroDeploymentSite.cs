using System.Collections.Generic;

namespace AstroAuth;

/// <summary>As whom and from where a deployment reaches other systems, to let it in there.</summary>
public sealed class AstroDeploymentSite
{
    /// <summary>The cloud's identity that its tasks work as, or null when Astro does not say.</summary>
    public string? WorkloadIdentity { get; internal set; }

    /// <summary>Who signs the identity tokens (OpenID Connect) of its tasks, or null when Astro does not say.</summary>
    public string? OidcIssuerUrl { get; internal set; }

    /// <summary>The addresses that its connections come from; none when Astro does not say.</summary>
    public IReadOnlyList<string> ExternalIps { get; internal set; } = [];

    /// <summary>The identity and the addresses.</summary>
    public override string ToString() => $"{WorkloadIdentity ?? "no identity"}, {(ExternalIps.Count == 0 ? "no known addresses" : string.Join(", ", ExternalIps))}";
}
