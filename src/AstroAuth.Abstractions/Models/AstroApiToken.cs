using System;

namespace AstroAuth;

/// <summary>An API token as Astro keeps it: everything but its value.</summary>
public class AstroApiToken
{
    /// <summary>The id of the token.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>Its name; not unique in Astro.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Its description; empty when there is none.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>ORGANIZATION, WORKSPACE or DEPLOYMENT: the level that owns it.</summary>
    public string Scope { get; internal set; } = "";

    /// <summary>STANDARD, or DIRECT_ACCESS for one that the Airflow ingress checks by itself.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>What it may do and where.</summary>
    public AstroTokenRoleList Roles { get; internal set; } = AstroTokenRoleList.Empty;

    /// <summary>When it ends (UTC); null when it never expires.</summary>
    public DateTimeOffset? ExpiresOn { get; internal set; }

    /// <summary>Whole days until it ends, rounded down; negative when it has ended, null when it never expires.</summary>
    public int? DaysLeft { get; internal set; }

    /// <summary>The expiry period it was made with, in days; null when it never expires.</summary>
    public int? ExpiryPeriodInDays { get; internal set; }

    /// <summary>When it was last used (UTC); null when never.</summary>
    public DateTimeOffset? LastUsedOn { get; internal set; }

    /// <summary>When its value was last changed in place (UTC); null when never.</summary>
    public DateTimeOffset? LastRotatedOn { get; internal set; }

    /// <summary>From when on it works (UTC).</summary>
    public DateTimeOffset StartsOn { get; internal set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedOn { get; internal set; }

    /// <summary>Who made it, or null when Astro does not say.</summary>
    public AstroSubject? CreatedBy { get; internal set; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset UpdatedOn { get; internal set; }

    /// <summary>Who changed it last, or null when Astro does not say.</summary>
    public AstroSubject? UpdatedBy { get; internal set; }

    /// <summary>The short fragment the web page shows to recognise it by; not a credential.</summary>
    public string ShortToken { get; internal set; } = "";

    /// <summary>The deployment that owns it, or null when that is a workspace or the organization.</summary>
    public string? DeploymentId { get; internal set; }

    /// <summary>The organization it belongs to.</summary>
    public string OrganizationId { get; internal set; } = "";

    /// <summary>The name and the id.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
