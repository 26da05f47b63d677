namespace AstroAuth.Emulator.Store;

/// <summary>A status that a deployment has until a time.</summary>
internal sealed record DeploymentPhase(string Status, DateTimeOffset Until);

/// <summary>A status that was asked for through the control API.</summary>
internal sealed record ForcedStatus(string Status, string? Reason);

/// <summary>A version of an uploaded bundle that runs from a time on, and the one that ran before.</summary>
internal sealed record RunningBundle(string? Version, DateTimeOffset From, string? Former)
{
    public static RunningBundle None { get; } = new(null, DateTimeOffset.MinValue, null);
}

/// <summary>A bundle beside the DAGs, such as a dbt project.</summary>
internal sealed record MountedBundle(string MountPath, string BundleType, string DeployId, RunningBundle Content);

/// <summary>A deployment as Astro keeps it.</summary>
internal sealed record Deployment
{
    public required string Id { get; init; }
    public required string OrganizationId { get; init; }
    public required string WorkspaceId { get; init; }
    public required string Name { get; init; }
    public required string Namespace { get; init; }
    public required string RuntimeVersion { get; init; }
    public required string AirflowVersion { get; init; }
    public required string Executor { get; init; }
    public bool IsCicdEnforced { get; init; }
    public bool IsDagDeployEnabled { get; init; }
    public bool IsDevelopmentMode { get; init; }
    public required string ImageTag { get; init; }
    public IReadOnlyList<DeploymentPhase> Phases { get; init; } = [];
    public ForcedStatus? Forced { get; init; }
    public RunningBundle Dags { get; init; } = RunningBundle.None;
    public IReadOnlyList<MountedBundle> Bundles { get; init; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required Subject CreatedBy { get; init; }
    public required Subject UpdatedBy { get; init; }

    public bool IsAirflow2 => AirflowVersion.StartsWith("2.", StringComparison.Ordinal);

    public string ImageRepository => $"images.example/{OrganizationId}/{Id}";
}
