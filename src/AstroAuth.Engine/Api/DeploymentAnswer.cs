using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AstroAuth.Engine.Api;

/// <summary>A deployment as Astro answers.</summary>
internal sealed record DeploymentAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("status")] public string Status { get; init; } = "";

    [JsonPropertyName("statusReason")] public string? StatusReason { get; init; }

    [JsonPropertyName("type")] public string? Type { get; init; }

    [JsonPropertyName("workspaceId")] public string WorkspaceId { get; init; } = "";

    [JsonPropertyName("workspaceName")] public string? WorkspaceName { get; init; }

    [JsonPropertyName("clusterId")] public string? ClusterId { get; init; }

    [JsonPropertyName("clusterName")] public string? ClusterName { get; init; }

    [JsonPropertyName("cloudProvider")] public string? CloudProvider { get; init; }

    [JsonPropertyName("region")] public string? Region { get; init; }

    [JsonPropertyName("namespace")] public string? Namespace { get; init; }

    [JsonPropertyName("astroRuntimeVersion")] public string? AstroRuntimeVersion { get; init; }

    [JsonPropertyName("airflowVersion")] public string? AirflowVersion { get; init; }

    [JsonPropertyName("executor")] public string? Executor { get; init; }

    [JsonPropertyName("schedulerSize")] public string? SchedulerSize { get; init; }

    [JsonPropertyName("schedulerAu")] public int? SchedulerAu { get; init; }

    [JsonPropertyName("schedulerReplicas")] public int SchedulerReplicas { get; init; }

    [JsonPropertyName("schedulerCpu")] public string? SchedulerCpu { get; init; }

    [JsonPropertyName("schedulerMemory")] public string? SchedulerMemory { get; init; }

    [JsonPropertyName("webServerCpu")] public string? WebServerCpu { get; init; }

    [JsonPropertyName("webServerMemory")] public string? WebServerMemory { get; init; }

    [JsonPropertyName("webServerReplicas")] public int? WebServerReplicas { get; init; }

    [JsonPropertyName("webServerIngressHostname")] public string? WebServerIngressHostname { get; init; }

    [JsonPropertyName("isHighAvailability")] public bool? IsHighAvailability { get; init; }

    [JsonPropertyName("isDevelopmentMode")] public bool? IsDevelopmentMode { get; init; }

    [JsonPropertyName("isDagDeployEnabled")] public bool IsDagDeployEnabled { get; init; }

    [JsonPropertyName("isCicdEnforced")] public bool IsCicdEnforced { get; init; }

    [JsonPropertyName("defaultTaskPodCpu")] public string? DefaultTaskPodCpu { get; init; }

    [JsonPropertyName("defaultTaskPodMemory")] public string? DefaultTaskPodMemory { get; init; }

    [JsonPropertyName("resourceQuotaCpu")] public string? ResourceQuotaCpu { get; init; }

    [JsonPropertyName("resourceQuotaMemory")] public string? ResourceQuotaMemory { get; init; }

    [JsonPropertyName("taskPodNodePoolId")] public string? TaskPodNodePoolId { get; init; }

    [JsonPropertyName("remoteExecution")] public RemoteExecutionAnswer? RemoteExecution { get; init; }

    [JsonPropertyName("workerQueues")] public List<WorkerQueueAnswer>? WorkerQueues { get; init; }

    [JsonPropertyName("environmentVariables")] public List<EnvironmentVariableAnswer>? EnvironmentVariables { get; init; }

    [JsonPropertyName("contactEmails")] public List<string>? ContactEmails { get; init; }

    [JsonPropertyName("scalingSpec")] public ScalingSpecAnswer? ScalingSpec { get; init; }

    [JsonPropertyName("scalingStatus")] public ScalingStatusAnswer? ScalingStatus { get; init; }

    [JsonPropertyName("dagTarballVersion")] public string? DagTarballVersion { get; init; }

    [JsonPropertyName("desiredDagTarballVersion")] public string? DesiredDagTarballVersion { get; init; }

    [JsonPropertyName("imageRepository")] public string? ImageRepository { get; init; }

    [JsonPropertyName("imageTag")] public string? ImageTag { get; init; }

    [JsonPropertyName("imageVersion")] public string? ImageVersion { get; init; }

    [JsonPropertyName("apiUrl")] public string? ApiUrl { get; init; }

    [JsonPropertyName("uiUrl")] public string? UiUrl { get; init; }

    [JsonPropertyName("webServerAirflowApiUrl")] public string? WebServerAirflowApiUrl { get; init; }

    [JsonPropertyName("webServerUrl")] public string? WebServerUrl { get; init; }

    [JsonPropertyName("effectiveWorkloadIdentity")] public string? EffectiveWorkloadIdentity { get; init; }

    [JsonPropertyName("oidcIssuerUrl")] public string? OidcIssuerUrl { get; init; }

    [JsonPropertyName("externalIPs")] public List<string>? ExternalIps { get; init; }

    [JsonPropertyName("effectiveDRWorkloadIdentity")] public string? EffectiveDrWorkloadIdentity { get; init; }

    [JsonPropertyName("drOidcIssuerUrl")] public string? DrOidcIssuerUrl { get; init; }

    [JsonPropertyName("drExternalIPs")] public List<string>? DrExternalIps { get; init; }

    [JsonPropertyName("createdAt")] public DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("createdBy")] public SubjectAnswer? CreatedBy { get; init; }

    [JsonPropertyName("updatedBy")] public SubjectAnswer? UpdatedBy { get; init; }
}

/// <summary>A page of deployments.</summary>
internal sealed record DeploymentAnswerPage
{
    [JsonPropertyName("deployments")] public List<DeploymentAnswer>? Deployments { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}
