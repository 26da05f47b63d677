using System;
using System.Collections.Generic;
using System.Globalization;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Deployments;

/// <summary>From Astro's words for a deployment to the module's.</summary>
internal static class DeploymentMapping
{
    internal static AstroDeployment ToModel(this DeploymentAnswer answer, string organizationId) => new()
    {
        Id = answer.Id,
        Name = answer.Name,
        Description = answer.Description ?? "",
        Status = answer.Status,
        StatusReason = answer.StatusReason,
        Type = answer.Type ?? "STANDARD",
        OrganizationId = organizationId,
        WorkspaceId = answer.WorkspaceId,
        WorkspaceName = answer.WorkspaceName,
        ClusterId = answer.ClusterId,
        ClusterName = answer.ClusterName,
        CloudProvider = answer.CloudProvider,
        Region = answer.Region,
        Namespace = answer.Namespace ?? "",
        RuntimeVersion = answer.AstroRuntimeVersion ?? "",
        AirflowVersion = answer.AirflowVersion ?? "",
        Executor = answer.Executor,
        SchedulerSize = answer.SchedulerSize,
        SchedulerAu = answer.SchedulerAu,
        SchedulerReplicas = answer.SchedulerReplicas,
        SchedulerCpu = answer.SchedulerCpu ?? "",
        SchedulerMemory = answer.SchedulerMemory ?? "",
        WebServer = new AstroWebServer
        {
            Cpu = answer.WebServerCpu ?? "", Memory = answer.WebServerMemory ?? "", Replicas = answer.WebServerReplicas,
            IngressHostname = answer.WebServerIngressHostname ?? "",
        },
        IsHighAvailability = answer.IsHighAvailability == true,
        IsDevelopmentMode = answer.IsDevelopmentMode == true,
        IsDagDeployEnabled = answer.IsDagDeployEnabled,
        IsCiCdEnforced = answer.IsCicdEnforced,
        DefaultTaskPodCpu = answer.DefaultTaskPodCpu,
        DefaultTaskPodMemory = answer.DefaultTaskPodMemory,
        ResourceQuotaCpu = answer.ResourceQuotaCpu,
        ResourceQuotaMemory = answer.ResourceQuotaMemory,
        TaskPodNodePoolId = answer.TaskPodNodePoolId,
        RemoteExecution = answer.RemoteExecution is { } remote ? ToModel(remote) : null,
        WorkerQueues = answer.WorkerQueues?.ConvertAll(ToModel) ?? [],
        EnvironmentVariables = answer.EnvironmentVariables?.ConvertAll(ToModel) ?? [],
        ContactEmails = answer.ContactEmails ?? [],
        HibernationSchedules = answer.ScalingSpec?.HibernationSpec?.Schedules?.ConvertAll(ToModel) ?? [],
        IsHibernating = answer.ScalingStatus?.HibernationStatus?.IsHibernating ?? answer.Status == "HIBERNATING",
        HibernationOverrideUntil = answer.ScalingSpec?.HibernationSpec?.Override is { IsActive: not false } own ? own.OverrideUntil : null,
        NextHibernationEvent = answer.ScalingStatus?.HibernationStatus is { } status ? ToModel(status) : null,
        DagTarballVersion = answer.DagTarballVersion,
        DesiredDagTarballVersion = answer.DesiredDagTarballVersion,
        ImageRepository = answer.ImageRepository ?? "",
        ImageTag = answer.ImageTag ?? "",
        ImageVersion = answer.ImageVersion,
        ApiUrl = answer.ApiUrl ?? WithScheme(answer.WebServerAirflowApiUrl),
        UiUrl = answer.UiUrl ?? WithScheme(answer.WebServerUrl),
        Site = ToSite(answer.EffectiveWorkloadIdentity, answer.OidcIssuerUrl, answer.ExternalIps) ?? new AstroDeploymentSite(),
        RecoverySite = ToSite(answer.EffectiveDrWorkloadIdentity, answer.DrOidcIssuerUrl, answer.DrExternalIps),
        ExpiresOn = Ephemeral.GetEnd(answer.Description),
        CreatedOn = answer.CreatedAt,
        CreatedBy = ApiTokenMapping.ToModel(answer.CreatedBy),
        UpdatedOn = answer.UpdatedAt,
        UpdatedBy = ApiTokenMapping.ToModel(answer.UpdatedBy),
    };

    private static AstroWorkerQueue ToModel(WorkerQueueAnswer queue) => new()
    {
        Id = queue.Id,
        Name = queue.Name,
        IsDefault = queue.IsDefault,
        AstroMachine = queue.AstroMachine,
        NodePoolId = queue.NodePoolId,
        MinWorkerCount = queue.MinWorkerCount,
        MaxWorkerCount = queue.MaxWorkerCount,
        WorkerConcurrency = queue.WorkerConcurrency,
        PodCpu = queue.PodCpu ?? "",
        PodMemory = queue.PodMemory ?? "",
        PodEphemeralStorage = queue.PodEphemeralStorage,
    };

    // Whatever an answer says, a secret's value stays out.
    private static AstroEnvironmentVariable ToModel(EnvironmentVariableAnswer variable) => new()
    {
        Key = variable.Key, Value = variable.IsSecret ? null : variable.Value, IsSecret = variable.IsSecret, UpdatedOn = variable.UpdatedAt,
    };

    private static DeploymentHibernationSchedule ToModel(HibernationScheduleAnswer schedule) => new()
    {
        HibernateAt = schedule.HibernateAtCron, WakeAt = schedule.WakeAtCron, Enabled = schedule.IsEnabled, Description = schedule.Description,
    };

    private static AstroRemoteExecution ToModel(RemoteExecutionAnswer remote) => new()
    {
        IsEnabled = remote.Enabled,
        RemoteApiUrl = remote.RemoteApiUrl ?? "",
        AllowedIpAddressRanges = remote.AllowedIpAddressRanges ?? [],
        TaskLogBucket = remote.TaskLogBucket,
        TaskLogUrlPattern = remote.TaskLogUrlPattern,
    };

    private static AstroHibernationEvent ToModel(HibernationStatusAnswer status) => new()
    {
        Type = status.NextEventType,
        On = DateTimeOffset.TryParse(status.NextEventAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var on) ? on : null,
        Reason = status.Reason,
    };

    private static AstroDeploymentSite? ToSite(string? identity, string? issuer, List<string>? addresses) =>
        identity is null && issuer is null && addresses is not { Count: > 0 }
            ? null
            : new AstroDeploymentSite { WorkloadIdentity = identity, OidcIssuerUrl = issuer, ExternalIps = addresses ?? [] };

    private static string WithScheme(string? address) => string.IsNullOrEmpty(address) ? "" : "https://" + address;
}
