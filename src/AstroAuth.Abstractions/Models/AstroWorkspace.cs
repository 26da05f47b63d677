using System;

namespace AstroAuth;

/// <summary>A workspace in Astro.</summary>
public sealed class AstroWorkspace
{
    /// <summary>The id.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The description; empty when it has none.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>Whether new deployments take code from API tokens only. It changes none that is there.</summary>
    public bool IsCiCdEnforcedByDefault { get; internal set; }

    /// <summary>The cluster of new deployments, or null.</summary>
    public string? DefaultClusterId { get; internal set; }

    /// <summary>The cloud of new deployments, AWS, AZURE or GCP, or null.</summary>
    public string? DefaultCloudProvider { get; internal set; }

    /// <summary>The region of new deployments, or null.</summary>
    public string? DefaultRegion { get; internal set; }

    /// <summary>The organization it belongs to.</summary>
    public string OrganizationId { get; internal set; } = "";

    /// <summary>The organization's name, or null.</summary>
    public string? OrganizationName { get; internal set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedOn { get; internal set; }

    /// <summary>Who made it, or null when Astro does not say.</summary>
    public AstroSubject? CreatedBy { get; internal set; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset UpdatedOn { get; internal set; }

    /// <summary>Who changed it last, or null when Astro does not say.</summary>
    public AstroSubject? UpdatedBy { get; internal set; }

    /// <summary>The name and the id; taken wherever a workspace is named.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
