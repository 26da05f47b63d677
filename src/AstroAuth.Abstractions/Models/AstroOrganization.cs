using System;

namespace AstroAuth;

/// <summary>An organization in Astro.</summary>
public sealed class AstroOrganization
{
    /// <summary>The id.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>HOSTED or HYBRID, or null when Astro does not say.</summary>
    public string? Product { get; internal set; }

    /// <summary>The plan, for example TEAM_V2, or null.</summary>
    public string? Plan { get; internal set; }

    /// <summary>ACTIVE, INACTIVE or SUSPENDED, or null when Astro does not say.</summary>
    public string? Status { get; internal set; }

    /// <summary>The address for bills, or null.</summary>
    public string? BillingEmail { get; internal set; }

    /// <summary>Whether users are managed by SCIM.</summary>
    public bool IsScimEnabled { get; internal set; }

    /// <summary>Whether Astronomer's support has more access than usual.</summary>
    public bool AllowEnhancedSupportAccess { get; internal set; }

    /// <summary>Whether only listed IP addresses may connect.</summary>
    public bool HasAllowedIpAddressRanges { get; internal set; }

    /// <summary>Whether deployments must be on dedicated clusters.</summary>
    public bool ShouldEnforceDedicatedClusters { get; internal set; }

    /// <summary>When the trial ends (UTC), or null when it is none.</summary>
    public DateTimeOffset? TrialExpiresOn { get; internal set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedOn { get; internal set; }

    /// <summary>Who made it, or null when Astro does not say.</summary>
    public AstroSubject? CreatedBy { get; internal set; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset UpdatedOn { get; internal set; }

    /// <summary>Who changed it last, or null when Astro does not say.</summary>
    public AstroSubject? UpdatedBy { get; internal set; }

    /// <summary>The name and the id; taken wherever an organization is named.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
