using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>Turns a request into the deployment it describes.</summary>
internal static class DeploymentWriting
{
    private static readonly WorkerQueueRequest s_defaultQueue = new(null, "default", true, 0, 10, 5, "A5", null, null);

    /// <summary>Writes all that was sent over a deployment: what was left out goes back to its default, except what Astro keeps.</summary>
    public static Deployment Apply(DeploymentRequest request, Deployment onto, DateTimeOffset now)
    {
        var isHybrid = request.Type == "HYBRID";
        var executor = request.Executor ?? "CELERY";
        var hasQueues = executor != "KUBERNETES" && request.RemoteExecution?.Enabled != true;
        IReadOnlyList<HibernationSchedule> schedules = request.Scaling?.Schedules ?? [];
        return onto with
        {
            Name = request.Name,
            Description = request.Description ?? "",
            Executor = executor,
            IsCicdEnforced = request.IsCicdEnforced ?? onto.IsCicdEnforced,
            IsDagDeployEnabled = request.IsDagDeployEnabled ?? true,
            IsDevelopmentMode = request.IsDevelopmentMode ?? onto.IsDevelopmentMode,
            IsHighAvailability = request.IsHighAvailability ?? false,
            SchedulerSize = isHybrid ? null : request.SchedulerSize ?? "SMALL",
            SchedulerAu = isHybrid ? request.Scheduler?.Au ?? 5 : null,
            SchedulerReplicas = isHybrid ? request.Scheduler?.Replicas ?? 1 : null,
            DefaultTaskPodCpu = isHybrid ? null : request.DefaultTaskPodCpu ?? "0.25",
            DefaultTaskPodMemory = isHybrid ? null : request.DefaultTaskPodMemory ?? "0.5Gi",
            ResourceQuotaCpu = isHybrid ? null : request.ResourceQuotaCpu ?? "10",
            ResourceQuotaMemory = isHybrid ? null : request.ResourceQuotaMemory ?? "20Gi",
            TaskPodNodePoolId = request.TaskPodNodePoolId,
            WorkloadIdentity = request.WorkloadIdentity ?? onto.WorkloadIdentity,
            DrWorkloadIdentity = request.DrWorkloadIdentity ?? onto.DrWorkloadIdentity,
            RemoteExecution = request.RemoteExecution,
            ContactEmails = request.ContactEmails,
            WorkerQueues = hasQueues ? [.. (request.Queues ?? [s_defaultQueue]).Select(q => q.ToQueue())] : [],
            Variables = [.. request.Variables.Select(v => v.ToVariable(onto.Variables, now))],
            Schedules = schedules,
            // Schedules that were there before have not begun anew.
            SchedulesFrom = schedules.SequenceEqual(onto.Schedules) ? onto.SchedulesFrom : now,
            Override = request.Scaling?.Override,
            UpdatedAt = now,
        };
    }
}
