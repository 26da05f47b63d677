using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>What must hold between the fields of a deployment.</summary>
internal static class DeploymentRules
{
    /// <summary>Checks a request against what it will become; a new deployment has no current one.</summary>
    public static void Check(RequestBody body, DeploymentRequest request, Deployment next, Deployment? current, AstroDirectory directory)
    {
        CheckName(body, request, next, directory);
        if (next.Executor == "ASTRO" && next.IsAirflow2)
            body.Refuse("invalid", "executor", "the executor ASTRO needs Airflow 3");
        foreach (var email in request.ContactEmails.Where(e => !e.Contains('@', StringComparison.Ordinal)))
            body.Refuse("invalid", "contactEmails", $"'{email}' is not an email address");
        CheckMode(body, request, next);
        CheckSizes(body, request);
        VariableRequest.Check(body, request.Variables, current?.Variables ?? []);
        CheckQueues(body, request, next, current, directory);
    }

    private static void CheckName(RequestBody body, DeploymentRequest request, Deployment next, AstroDirectory directory)
    {
        if (directory.Deployments.Any(d => d.WorkspaceId == request.WorkspaceId && d.Name == request.Name && d.Id != next.Id))
            body.Refuse("duplicate", "name", $"there is a Deployment with the name '{request.Name}' in this Workspace already");
    }

    private static void CheckMode(RequestBody body, DeploymentRequest request, Deployment next)
    {
        var hibernates = request.Scaling is { } scaling && (scaling.Schedules.Count > 0 || scaling.Override is not null);
        if (next.IsDevelopmentMode && next.IsHighAvailability)
            body.Refuse("invalid", "isHighAvailability", "a Deployment in development mode cannot have high availability");
        if (hibernates && !next.IsDevelopmentMode)
            body.Refuse("invalid", "scalingSpec", "only a Deployment in development mode can hibernate");
        else if (hibernates && next.SchedulerSize != "SMALL")
            body.Refuse("invalid", "schedulerSize", "a Deployment that hibernates must have a SMALL scheduler");
        if (request.RemoteExecution?.Enabled == true && next.Executor != "ASTRO")
            body.Refuse("invalid", "remoteExecution", "remote execution needs the executor ASTRO");
    }

    private static void CheckSizes(RequestBody body, DeploymentRequest request)
    {
        Check("defaultTaskPod", request.DefaultTaskPodCpu, request.DefaultTaskPodMemory);
        Check("resourceQuota", request.ResourceQuotaCpu, request.ResourceQuotaMemory);

        void Check(string name, string? cpuText, string? memoryText)
        {
            if (cpuText is null && memoryText is null)
                return;
            var (cpu, memory) = (Quantity.Cpu(cpuText ?? ""), Quantity.Memory(memoryText ?? ""));
            if (cpu is null or <= 0 or > RuntimeCatalog.MostQuotaCpu)
                body.Refuse("invalid", name + "Cpu", $"{name}Cpu must be a number of vCPU up to {RuntimeCatalog.MostQuotaCpu}");
            else if (memory != 2 * cpu)
                body.Refuse("invalid", name + "Memory", $"{name}Memory must be twice {name}Cpu, in Gi");
        }
    }

    private static void CheckQueues(
        RequestBody body, DeploymentRequest request, Deployment next, Deployment? current, AstroDirectory directory)
    {
        var hasQueues = next.Executor is "CELERY" or "ASTRO" && next.RemoteExecution?.Enabled != true;
        if (request.Queues is { Count: > 0 } && !hasQueues)
            body.Refuse("invalid", "workerQueues", "a Deployment with this executor has no workerQueues");
        else if (request.Queues is { } queues && hasQueues)
            WorkerQueueRequest.Check(body, queues, current?.WorkerQueues ?? [], Pools(next, directory));
        // Hybrid queues stand on a node pool, and nobody but the sender knows which.
        else if (hasQueues && (current is not null || next.Type == "HYBRID"))
            body.Refuse("required", "workerQueues", "workerQueues is required with this executor");
        if (next.TaskPodNodePoolId is { } pool && !Pools(next, directory).Any(p => p.Id == pool))
            body.Refuse("invalid", "taskPodNodePoolId", "taskPodNodePoolId is not a node pool of the cluster");
    }

    private static IReadOnlyList<NodePool> Pools(Deployment deployment, AstroDirectory directory) =>
        directory.Cluster(deployment.OrganizationId, deployment.ClusterId)?.NodePools ?? [];
}
