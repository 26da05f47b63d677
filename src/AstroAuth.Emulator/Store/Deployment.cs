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

/// <summary>A worker queue; its machine is Astro's own or a node pool of a hybrid cluster.</summary>
internal sealed record WorkerQueue(
    string Id, string Name, bool IsDefault, int MinWorkerCount, int MaxWorkerCount, int WorkerConcurrency, string? AstroMachine,
    string? NodePoolId, string? PodEphemeralStorage);

/// <summary>An environment variable, with its value even where it is secret.</summary>
internal sealed record EnvironmentVariable(string Key, string Value, bool IsSecret, DateTimeOffset UpdatedAt);

/// <summary>Execution on machines of the customer.</summary>
internal sealed record RemoteExecution(
    bool Enabled, IReadOnlyList<string> AllowedIpAddressRanges, string? TaskLogBucket, string? TaskLogUrlPattern);

/// <summary>When a deployment goes to sleep and when it wakes up.</summary>
internal sealed record HibernationSchedule(string HibernateAtCron, string WakeAtCron, bool IsEnabled, string? Description);

/// <summary>Sleep or wakefulness against the schedules, until a time or for good.</summary>
internal sealed record HibernationOverride(bool IsHibernating, DateTimeOffset? OverrideUntil);

/// <summary>A deployment as Astro keeps it.</summary>
internal sealed record Deployment
{
    public required string Id { get; init; }
    public required string OrganizationId { get; init; }
    public required string WorkspaceId { get; init; }
    public required string Namespace { get; init; }
    public string Type { get; init; } = "STANDARD";
    public string? CloudProvider { get; init; }
    public string? Region { get; init; }
    public string? ClusterId { get; init; }
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public required string Executor { get; init; }
    public bool IsCicdEnforced { get; init; }
    public bool IsDagDeployEnabled { get; init; }
    public bool IsDevelopmentMode { get; init; }
    public bool IsHighAvailability { get; init; }
    public string? SchedulerSize { get; init; }
    public int? SchedulerAu { get; init; }
    public int? SchedulerReplicas { get; init; }
    public string? DefaultTaskPodCpu { get; init; }
    public string? DefaultTaskPodMemory { get; init; }
    public string? ResourceQuotaCpu { get; init; }
    public string? ResourceQuotaMemory { get; init; }
    public string? TaskPodNodePoolId { get; init; }
    public string? WorkloadIdentity { get; init; }
    public string? DrWorkloadIdentity { get; init; }
    public RemoteExecution? RemoteExecution { get; init; }
    public IReadOnlyList<string> ContactEmails { get; init; } = [];
    public IReadOnlyList<WorkerQueue> WorkerQueues { get; init; } = [];
    public IReadOnlyList<EnvironmentVariable> Variables { get; init; } = [];
    public IReadOnlyList<HibernationSchedule> Schedules { get; init; } = [];
    public HibernationOverride? Override { get; init; }
    public required string RuntimeVersion { get; init; }
    public required string AirflowVersion { get; init; }
    public required string ImageTag { get; init; }
    public IReadOnlyList<DeploymentPhase> Phases { get; init; } = [];
    public ForcedStatus? Forced { get; init; }
    public DateTimeOffset SchedulesFrom { get; init; }
    public RunningBundle Dags { get; init; } = RunningBundle.None;
    public IReadOnlyList<MountedBundle> Bundles { get; init; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required Subject CreatedBy { get; init; }
    public required Subject UpdatedBy { get; init; }

    public bool IsAirflow2 => AirflowVersion.StartsWith("2.", StringComparison.Ordinal);

    public string ImageRepository => $"images.example/{OrganizationId}/{Id}";
}
