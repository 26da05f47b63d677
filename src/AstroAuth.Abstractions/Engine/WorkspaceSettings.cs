namespace AstroAuth;

/// <summary>Settings of a workspace that are wanted; null leaves one as it is, or to Astro when the workspace is made (wire contract 4.6).</summary>
public sealed record WorkspaceSettings
{
    /// <summary>Its name, 1 to 50 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Its description; empty clears it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether new deployments take code from API tokens only.</summary>
    public bool? EnforceCiCd { get; init; }

    /// <summary>The cluster of new deployments by id or exact name; not together with cloud and region.</summary>
    public string? DefaultCluster { get; init; }

    /// <summary>The cloud of new deployments, AWS, AZURE or GCP; together with the region.</summary>
    public string? DefaultCloudProvider { get; init; }

    /// <summary>The region of new deployments; together with the cloud.</summary>
    public string? DefaultRegion { get; init; }
}

/// <summary>For which deployment the options are wanted; null for any.</summary>
public sealed record DeploymentOptionQuery
{
    /// <summary>A deployment by id or exact name: what it can be changed to.</summary>
    public string? Deployment { get; init; }

    /// <summary>STANDARD, DEDICATED or HYBRID.</summary>
    public string? Type { get; init; }

    /// <summary>CELERY, KUBERNETES or ASTRO.</summary>
    public string? Executor { get; init; }

    /// <summary>AWS, AZURE or GCP.</summary>
    public string? CloudProvider { get; init; }
}
