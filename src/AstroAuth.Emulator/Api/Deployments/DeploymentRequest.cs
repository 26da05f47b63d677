using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>A deployment as it is sent: at creation much may be left out, at an update the whole is written.</summary>
internal sealed record DeploymentRequest
{
    private const int MostName = 500;
    private const int MostDescription = 1000;

    public required string Type { get; init; }
    public required string Name { get; init; }
    public required string WorkspaceId { get; init; }
    public string? Description { get; init; }
    public string? RuntimeVersion { get; init; }
    public string? CloudProvider { get; init; }
    public string? Region { get; init; }
    public string? ClusterId { get; init; }
    public string? Executor { get; init; }
    public bool? IsCicdEnforced { get; init; }
    public bool? IsDagDeployEnabled { get; init; }
    public bool? IsDevelopmentMode { get; init; }
    public bool? IsHighAvailability { get; init; }
    public string? SchedulerSize { get; init; }
    public SchedulerRequest? Scheduler { get; init; }
    public string? DefaultTaskPodCpu { get; init; }
    public string? DefaultTaskPodMemory { get; init; }
    public string? ResourceQuotaCpu { get; init; }
    public string? ResourceQuotaMemory { get; init; }
    public string? TaskPodNodePoolId { get; init; }
    public string? WorkloadIdentity { get; init; }
    public string? DrWorkloadIdentity { get; init; }
    public RemoteExecution? RemoteExecution { get; init; }
    public ScalingRequest? Scaling { get; init; }
    public IReadOnlyList<string> ContactEmails { get; init; } = [];
    public IReadOnlyList<VariableRequest> Variables { get; init; } = [];
    public IReadOnlyList<WorkerQueueRequest>? Queues { get; init; }

    /// <summary>Reads the members that go with the type; others are unknown, as in Astro's description of the API.</summary>
    public static DeploymentRequest Read(RequestBody body, bool isUpdate)
    {
        var type = body.Choice("type", required: isUpdate, "DEDICATED", "HYBRID", "STANDARD") ?? "STANDARD";
        var isHybrid = type == "HYBRID";
        if (isUpdate && !body.Has("environmentVariables"))
            body.Refuse("required", "environmentVariables", "environmentVariables is required; those that are left out are deleted");
        var request = new DeploymentRequest
        {
            Type = type,
            Name = body.Text("name", required: true, max: MostName) ?? "",
            WorkspaceId = body.Text("workspaceId", required: true) ?? "",
            Description = body.Text("description", max: MostDescription),
            Executor = body.Choice("executor", required: isUpdate, RuntimeCatalog.ExecutorsOf(type)),
            IsCicdEnforced = body.Flag("isCicdEnforced", required: isUpdate),
            IsDagDeployEnabled = body.Flag("isDagDeployEnabled", required: isUpdate),
            WorkloadIdentity = body.Text("workloadIdentity"),
            DrWorkloadIdentity = body.Text("drWorkloadIdentity"),
            ContactEmails = body.Texts("contactEmails"),
            Variables = body.Objects("environmentVariables", VariableRequest.Read),
            Queues = body.Has("workerQueues") ? body.Objects("workerQueues", q => WorkerQueueRequest.Read(q, isHybrid)) : null,
        };
        request = isHybrid ? request.WithHybrid(body, isUpdate) : request.WithHosted(body, isUpdate);
        return isUpdate ? request : request with
        {
            RuntimeVersion = body.Text("astroRuntimeVersion"),
            ClusterId = body.Text("clusterId"),
            CloudProvider = type == "STANDARD" ? body.Choice("cloudProvider", required: false, RuntimeCatalog.Clouds) : null,
            Region = type == "STANDARD" ? body.Text("region") : null,
        };
    }

    private DeploymentRequest WithHybrid(RequestBody body, bool isUpdate)
    {
        var scheduler = body.Object("scheduler", s => new SchedulerRequest(
            isUpdate ? s.Required("au", 5, 24) : s.Number("au", 5, 24), isUpdate ? s.Required("replicas", 1, 4) : s.Number("replicas", 1, 4)));
        if (isUpdate && scheduler is null)
            body.Refuse("required", "scheduler", "scheduler is required");
        return this with { Scheduler = scheduler, TaskPodNodePoolId = body.Text("taskPodNodePoolId", required: Executor == "KUBERNETES") };
    }

    private DeploymentRequest WithHosted(RequestBody body, bool isUpdate)
    {
        var remote = body.Object("remoteExecution", r => new RemoteExecution(
            r.Flag("enabled", required: true) ?? false, r.Texts("allowedIpAddressRanges"), r.Text("taskLogBucket"), r.Text("taskLogUrlPattern")));
        // Pods that run elsewhere are not Astro's to size.
        var sized = !isUpdate && remote?.Enabled != true;
        return this with
        {
            IsDevelopmentMode = body.Flag("isDevelopmentMode"),
            IsHighAvailability = body.Flag("isHighAvailability", required: isUpdate),
            SchedulerSize = body.Choice("schedulerSize", required: isUpdate, [.. RuntimeCatalog.Schedulers.Select(s => s.Name)]),
            DefaultTaskPodCpu = body.Text("defaultTaskPodCpu", required: sized),
            DefaultTaskPodMemory = body.Text("defaultTaskPodMemory", required: sized),
            ResourceQuotaCpu = body.Text("resourceQuotaCpu", required: sized),
            ResourceQuotaMemory = body.Text("resourceQuotaMemory", required: sized),
            RemoteExecution = remote,
            Scaling = body.Object("scalingSpec", ScalingRequest.Read),
        };
    }
}

/// <summary>The scheduler of a hybrid deployment, in Astronomer units.</summary>
internal sealed record SchedulerRequest(int? Au, int? Replicas);
