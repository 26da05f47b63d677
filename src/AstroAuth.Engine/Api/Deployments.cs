using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Deployments of an organization (wire contract 4.9).</summary>
internal sealed class Deployments
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal Deployments(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    private string Root => $"organizations/{_organizationId}/deployments";

    internal Task<DeploymentAnswer> GetAsync(string id) => _api.GetAsync(Item(id), DeploymentJson.Default.DeploymentAnswer);

    /// <summary>The deployment with every member that Astro sends, for a change that has to keep what it does not know.</summary>
    internal Task<JsonObject> GetDocumentAsync(string id) => _api.GetAsync(Item(id), DeploymentJson.Default.JsonObject);

    internal async Task<Page<DeploymentAnswer>> FetchAsync(IEnumerable<KeyValuePair<string, string>> filter, int offset)
    {
        var query = new List<KeyValuePair<string, string>>(filter)
        {
            new("limit", Paging.LargestPage.ToString(CultureInfo.InvariantCulture)),
            new("offset", offset.ToString(CultureInfo.InvariantCulture)),
        };
        var page = await _api.GetAsync(ApiClient.WithQuery(Root, query), DeploymentJson.Default.DeploymentAnswerPage);
        return new Page<DeploymentAnswer>(page.Deployments ?? [], page.TotalCount);
    }

    /// <summary>Never repeated: after a lost reply the deployment has to be looked for.</summary>
    internal Task<DeploymentAnswer> CreateAsync(JsonObject body) =>
        _api.CreateAsync(Root, body, DeploymentJson.Default.JsonObject, DeploymentJson.Default.DeploymentAnswer);

    internal Task<DeploymentAnswer> UpdateAsync(string id, JsonObject body) =>
        _api.UpdateAsync(Item(id), body, DeploymentJson.Default.JsonObject, DeploymentJson.Default.DeploymentAnswer);

    internal Task DeleteAsync(string id) => _api.DeleteAsync(Item(id));

    /// <summary>Makes it hibernate or wake, against its schedules, until a time or for good.</summary>
    internal Task<HibernationOverrideAnswer> OverrideHibernationAsync(string id, bool isHibernating, DateTimeOffset? until) => _api.UpdateAsync(
        Item(id) + "/hibernation-override",
        new HibernationOverrideBody { IsHibernating = isHibernating, OverrideUntil = until },
        DeploymentJson.Default.HibernationOverrideBody,
        DeploymentJson.Default.HibernationOverrideAnswer);

    private string Item(string id) => $"{Root}/{Uri.EscapeDataString(id)}";
}

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

    [JsonPropertyName("isHighAvailability")] public bool? IsHighAvailability { get; init; }

    [JsonPropertyName("isDevelopmentMode")] public bool? IsDevelopmentMode { get; init; }

    [JsonPropertyName("isDagDeployEnabled")] public bool IsDagDeployEnabled { get; init; }

    [JsonPropertyName("isCicdEnforced")] public bool IsCicdEnforced { get; init; }

    [JsonPropertyName("defaultTaskPodCpu")] public string? DefaultTaskPodCpu { get; init; }

    [JsonPropertyName("defaultTaskPodMemory")] public string? DefaultTaskPodMemory { get; init; }

    [JsonPropertyName("resourceQuotaCpu")] public string? ResourceQuotaCpu { get; init; }

    [JsonPropertyName("resourceQuotaMemory")] public string? ResourceQuotaMemory { get; init; }

    [JsonPropertyName("workerQueues")] public List<WorkerQueueAnswer>? WorkerQueues { get; init; }

    [JsonPropertyName("environmentVariables")] public List<EnvironmentVariableAnswer>? EnvironmentVariables { get; init; }

    [JsonPropertyName("contactEmails")] public List<string>? ContactEmails { get; init; }

    [JsonPropertyName("scalingSpec")] public ScalingSpecAnswer? ScalingSpec { get; init; }

    [JsonPropertyName("scalingStatus")] public ScalingStatusAnswer? ScalingStatus { get; init; }

    [JsonPropertyName("dagTarballVersion")] public string? DagTarballVersion { get; init; }

    [JsonPropertyName("desiredDagTarballVersion")] public string? DesiredDagTarballVersion { get; init; }

    [JsonPropertyName("imageRepository")] public string? ImageRepository { get; init; }

    [JsonPropertyName("imageTag")] public string? ImageTag { get; init; }

    [JsonPropertyName("apiUrl")] public string? ApiUrl { get; init; }

    [JsonPropertyName("uiUrl")] public string? UiUrl { get; init; }

    [JsonPropertyName("webServerAirflowApiUrl")] public string? WebServerAirflowApiUrl { get; init; }

    [JsonPropertyName("webServerUrl")] public string? WebServerUrl { get; init; }

    [JsonPropertyName("createdAt")] public DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("createdBy")] public SubjectAnswer? CreatedBy { get; init; }

    [JsonPropertyName("updatedBy")] public SubjectAnswer? UpdatedBy { get; init; }
}

/// <summary>A worker queue as Astro answers.</summary>
internal sealed record WorkerQueueAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("isDefault")] public bool IsDefault { get; init; }

    [JsonPropertyName("astroMachine")] public string? AstroMachine { get; init; }

    [JsonPropertyName("nodePoolId")] public string? NodePoolId { get; init; }

    [JsonPropertyName("minWorkerCount")] public int MinWorkerCount { get; init; }

    [JsonPropertyName("maxWorkerCount")] public int MaxWorkerCount { get; init; }

    [JsonPropertyName("workerConcurrency")] public int WorkerConcurrency { get; init; }

    [JsonPropertyName("podCpu")] public string? PodCpu { get; init; }

    [JsonPropertyName("podMemory")] public string? PodMemory { get; init; }

    [JsonPropertyName("podEphemeralStorage")] public string? PodEphemeralStorage { get; init; }
}

/// <summary>An environment variable as Astro answers.</summary>
internal sealed record EnvironmentVariableAnswer
{
    [JsonPropertyName("key")] public string Key { get; init; } = "";

    [JsonPropertyName("value")] public string? Value { get; init; }

    [JsonPropertyName("isSecret")] public bool IsSecret { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset UpdatedAt { get; init; }

    // A record would print its members.
    public override string ToString() => Key;
}

/// <summary>How a deployment scales.</summary>
internal sealed record ScalingSpecAnswer
{
    [JsonPropertyName("hibernationSpec")] public HibernationSpecAnswer? HibernationSpec { get; init; }
}

/// <summary>When a deployment hibernates.</summary>
internal sealed record HibernationSpecAnswer
{
    [JsonPropertyName("schedules")] public List<HibernationScheduleAnswer>? Schedules { get; init; }

    [JsonPropertyName("override")] public HibernationOverrideAnswer? Override { get; init; }
}

/// <summary>A schedule of hibernation.</summary>
internal sealed record HibernationScheduleAnswer
{
    [JsonPropertyName("hibernateAtCron")] public string HibernateAtCron { get; init; } = "";

    [JsonPropertyName("wakeAtCron")] public string WakeAtCron { get; init; } = "";

    [JsonPropertyName("isEnabled")] public bool IsEnabled { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }
}

/// <summary>Somebody's word against the schedules.</summary>
internal sealed record HibernationOverrideAnswer
{
    [JsonPropertyName("isActive")] public bool? IsActive { get; init; }

    [JsonPropertyName("isHibernating")] public bool? IsHibernating { get; init; }

    [JsonPropertyName("overrideUntil")] public DateTimeOffset? OverrideUntil { get; init; }
}

/// <summary>How a deployment is scaled now.</summary>
internal sealed record ScalingStatusAnswer
{
    [JsonPropertyName("hibernationStatus")] public HibernationStatusAnswer? HibernationStatus { get; init; }
}

/// <summary>Whether a deployment sleeps.</summary>
internal sealed record HibernationStatusAnswer
{
    [JsonPropertyName("isHibernating")] public bool IsHibernating { get; init; }
}

/// <summary>A page of deployments.</summary>
internal sealed record DeploymentAnswerPage
{
    [JsonPropertyName("deployments")] public List<DeploymentAnswer>? Deployments { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

/// <summary>Makes a deployment hibernate or wake.</summary>
internal sealed record HibernationOverrideBody
{
    [JsonPropertyName("isHibernating")] public required bool IsHibernating { get; init; }

    [JsonPropertyName("overrideUntil")] public DateTimeOffset? OverrideUntil { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeploymentAnswerPage))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(HibernationOverrideBody))]
[JsonSerializable(typeof(HibernationOverrideAnswer))]
internal sealed partial class DeploymentJson : JsonSerializerContext;
