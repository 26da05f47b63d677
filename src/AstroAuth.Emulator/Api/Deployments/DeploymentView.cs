using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>A worker queue of a deployment.</summary>
internal sealed record WorkerQueueView(
    string Id, string Name, bool IsDefault, int MinWorkerCount, int MaxWorkerCount, int WorkerConcurrency, string? AstroMachine,
    string? NodePoolId, string? PodEphemeralStorage, string PodCpu, string PodMemory)
{
    public static WorkerQueueView Of(WorkerQueue q)
    {
        var machine = RuntimeCatalog.Workers.FirstOrDefault(m => m.Name == q.AstroMachine) ?? RuntimeCatalog.Workers[0];
        return new(
            q.Id, q.Name, q.IsDefault, q.MinWorkerCount, q.MaxWorkerCount, q.WorkerConcurrency, q.AstroMachine, q.NodePoolId,
            q.PodEphemeralStorage ?? (q.AstroMachine is null ? null : "10Gi"), $"{machine.Cpu}", $"{machine.MemoryGiB}Gi");
    }
}

/// <summary>An environment variable; the value of a secret one is never shown.</summary>
internal sealed record VariableView(string Key, string Value, bool IsSecret, DateTimeOffset UpdatedAt);

/// <summary>Execution on machines of the customer.</summary>
internal sealed record RemoteExecutionView(
    bool Enabled, IReadOnlyList<string> AllowedIpAddressRanges, string? TaskLogBucket, string? TaskLogUrlPattern, string RemoteApiUrl);

/// <summary>The override of the hibernation schedules.</summary>
internal sealed record OverrideView(bool IsActive, bool? IsHibernating, DateTimeOffset? OverrideUntil)
{
    public static OverrideView Of(HibernationOverride? over, DateTimeOffset now) =>
        new(Hibernation.IsActive(over, now), over?.IsHibernating, over?.OverrideUntil);
}

/// <summary>The schedules of hibernation and their override.</summary>
internal sealed record HibernationSpec(OverrideView? Override, IReadOnlyList<HibernationSchedule>? Schedules);

/// <summary>How a deployment scales.</summary>
internal sealed record ScalingSpec(HibernationSpec HibernationSpec);

/// <summary>Whether a deployment hibernates, and what is next.</summary>
internal sealed record HibernationStatus(bool IsHibernating, string? NextEventType, DateTimeOffset? NextEventAt, string? Reason);

/// <summary>How a deployment scales just now.</summary>
internal sealed record ScalingStatus(HibernationStatus HibernationStatus);

/// <summary>A deployment as the API shows it; its Airflow addresses point back at the emulator.</summary>
internal sealed record DeploymentView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string Namespace { get; init; }
    public required string OrganizationId { get; init; }
    public required string WorkspaceId { get; init; }
    public string? WorkspaceName { get; init; }
    public required string Status { get; init; }
    public string? StatusReason { get; init; }
    public required string Type { get; init; }
    public required string Executor { get; init; }
    public string? CloudProvider { get; init; }
    public string? Region { get; init; }
    public string? ClusterId { get; init; }
    public string? ClusterName { get; init; }
    public required string AirflowVersion { get; init; }
    public required string AstroRuntimeVersion { get; init; }
    public required string RuntimeVersion { get; init; }
    public required string ImageRepository { get; init; }
    public required string ImageTag { get; init; }
    public string? ImageVersion { get; init; }
    public string? DagTarballVersion { get; init; }
    public string? DesiredDagTarballVersion { get; init; }
    public bool IsCicdEnforced { get; init; }
    public bool IsDagDeployEnabled { get; init; }
    public bool? IsDevelopmentMode { get; init; }
    public bool? IsHighAvailability { get; init; }
    public string? SchedulerSize { get; init; }
    public int? SchedulerAu { get; init; }
    public int SchedulerReplicas { get; init; }
    public required string SchedulerCpu { get; init; }
    public required string SchedulerMemory { get; init; }
    public required string WebServerCpu { get; init; }
    public required string WebServerMemory { get; init; }
    public int? WebServerReplicas { get; init; }
    public string? DefaultTaskPodCpu { get; init; }
    public string? DefaultTaskPodMemory { get; init; }
    public string? ResourceQuotaCpu { get; init; }
    public string? ResourceQuotaMemory { get; init; }
    public string? TaskPodNodePoolId { get; init; }
    public string? EffectiveWorkloadIdentity { get; init; }
    [System.Text.Json.Serialization.JsonPropertyName("effectiveDRWorkloadIdentity")]
    public string? EffectiveDrWorkloadIdentity { get; init; }
    public string? OidcIssuerUrl { get; init; }
    public string? DrOidcIssuerUrl { get; init; }
    public IReadOnlyList<string>? ExternalIPs { get; init; }
    public IReadOnlyList<string>? DrExternalIPs { get; init; }
    public RemoteExecutionView? RemoteExecution { get; init; }
    public required IReadOnlyList<string> ContactEmails { get; init; }
    public required IReadOnlyList<WorkerQueueView> WorkerQueues { get; init; }
    public required IReadOnlyList<VariableView> EnvironmentVariables { get; init; }
    public ScalingSpec? ScalingSpec { get; init; }
    public ScalingStatus? ScalingStatus { get; init; }
    public required string WebServerIngressHostname { get; init; }
    public required string WebServerUrl { get; init; }
    public required string WebServerAirflowApiUrl { get; init; }
    public required string ApiUrl { get; init; }
    public required string UiUrl { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public required Subject CreatedBy { get; init; }
    public required Subject UpdatedBy { get; init; }

    public static DeploymentView Of(Deployment d, AstroDirectory directory, DeploymentLife life, HttpRequest request)
    {
        var host = request.Host.Value!;
        var root = $"{host}/airflow/{d.Namespace}";
        var api = $"{root}/api/{(d.IsAirflow2 ? "v1" : "v2")}";
        var (status, reason) = life.StatusOf(d);
        var isHybrid = d.Type == "HYBRID";
        var place = d.ClusterId ?? d.Region ?? d.Namespace;
        var scheduler = RuntimeCatalog.Schedulers.FirstOrDefault(s => s.Name == d.SchedulerSize);
        return new()
        {
            Id = d.Id, Name = d.Name, Description = d.Description, Namespace = d.Namespace, OrganizationId = d.OrganizationId,
            WorkspaceId = d.WorkspaceId, WorkspaceName = directory.Workspace(d.OrganizationId, d.WorkspaceId)?.Name, Status = status,
            StatusReason = reason, Type = d.Type, Executor = d.Executor, CloudProvider = d.CloudProvider, Region = d.Region,
            ClusterId = d.ClusterId, ClusterName = directory.Cluster(d.OrganizationId, d.ClusterId)?.Name,
            AirflowVersion = d.AirflowVersion, AstroRuntimeVersion = d.RuntimeVersion, RuntimeVersion = d.RuntimeVersion,
            ImageRepository = d.ImageRepository, ImageTag = d.ImageTag, ImageVersion = d.ImageTag, DagTarballVersion = life.RunningDags(d),
            DesiredDagTarballVersion = d.Dags.Version, IsCicdEnforced = d.IsCicdEnforced, IsDagDeployEnabled = d.IsDagDeployEnabled,
            IsDevelopmentMode = isHybrid ? null : d.IsDevelopmentMode, IsHighAvailability = isHybrid ? null : d.IsHighAvailability,
            SchedulerSize = d.SchedulerSize, SchedulerAu = d.SchedulerAu,
            SchedulerReplicas = d.SchedulerReplicas ?? (d.IsHighAvailability ? 2 : 1), SchedulerCpu = $"{scheduler?.Cpu ?? 1}",
            SchedulerMemory = $"{scheduler?.MemoryGiB ?? 2}Gi", WebServerCpu = "1", WebServerMemory = "2Gi",
            WebServerReplicas = d.IsHighAvailability ? 2 : 1,
            DefaultTaskPodCpu = d.DefaultTaskPodCpu, DefaultTaskPodMemory = d.DefaultTaskPodMemory, ResourceQuotaCpu = d.ResourceQuotaCpu,
            ResourceQuotaMemory = d.ResourceQuotaMemory, TaskPodNodePoolId = d.TaskPodNodePoolId,
            EffectiveWorkloadIdentity = d.WorkloadIdentity, EffectiveDrWorkloadIdentity = d.DrWorkloadIdentity,
            OidcIssuerUrl = $"https://oidc.example/{place}/", ExternalIPs = [Address("203.0.113", place)],
            DrOidcIssuerUrl = d.DrWorkloadIdentity is null ? null : $"https://oidc.example/{place}-recovery/",
            DrExternalIPs = d.DrWorkloadIdentity is null ? null : [Address("198.51.100", place)],
            RemoteExecution = d.RemoteExecution is { } remote
                ? new(remote.Enabled, remote.AllowedIpAddressRanges, remote.TaskLogBucket, remote.TaskLogUrlPattern, $"{request.Scheme}://{root}/remote")
                : null,
            ContactEmails = d.ContactEmails, WorkerQueues = [.. d.WorkerQueues.Select(WorkerQueueView.Of)],
            EnvironmentVariables = [.. d.Variables.Select(v => new VariableView(v.Key, v.IsSecret ? "" : v.Value, v.IsSecret, v.UpdatedAt))],
            ScalingSpec = d.Schedules.Count > 0 || d.Override is not null
                ? new(new(d.Override is null ? null : OverrideView.Of(d.Override, life.Now), d.Schedules)) : null,
            ScalingStatus = d.IsDevelopmentMode && Hibernation.Of(d, life.Now) is var now
                ? new(new(now.IsHibernating, now.NextEventType, now.NextEventAt, now.Reason)) : null,
            WebServerIngressHostname = host, WebServerUrl = root, WebServerAirflowApiUrl = api, ApiUrl = $"{request.Scheme}://{api}",
            UiUrl = $"{request.Scheme}://{root}", CreatedAt = d.CreatedAt, UpdatedAt = d.UpdatedAt, CreatedBy = d.CreatedBy,
            UpdatedBy = d.UpdatedBy,
        };
    }

    /// <summary>One of the addresses that belong to nobody (RFC 5737), the same for all deployments of a place.</summary>
    private static string Address(string network, string place) => $"{network}.{1 + place.Sum(c => c) % 250}";
}

/// <summary>A page of deployments.</summary>
internal sealed record DeploymentsPage(IReadOnlyList<DeploymentView> Deployments, int Limit, int Offset, int TotalCount);
