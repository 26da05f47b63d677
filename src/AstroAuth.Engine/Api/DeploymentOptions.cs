using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>What deployments can be made of (wire contract 4.7).</summary>
internal sealed class DeploymentOptions
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal DeploymentOptions(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    internal Task<DeploymentOptionsAnswer> GetAsync(IEnumerable<KeyValuePair<string, string>> filter) => _api.GetAsync(
        ApiClient.WithQuery($"organizations/{_organizationId}/deployment-options", filter),
        DeploymentOptionsJson.Default.DeploymentOptionsAnswer);
}

/// <summary>The options as Astro answers.</summary>
internal sealed record DeploymentOptionsAnswer
{
    [JsonPropertyName("executors")] public List<string>? Executors { get; init; }

    [JsonPropertyName("runtimeReleases")] public List<RuntimeReleaseAnswer>? RuntimeReleases { get; init; }

    [JsonPropertyName("schedulerMachines")] public List<MachineAnswer>? SchedulerMachines { get; init; }

    [JsonPropertyName("workerMachines")] public List<MachineAnswer>? WorkerMachines { get; init; }

    [JsonPropertyName("workerQueues")] public WorkerQueueOptionsAnswer? WorkerQueues { get; init; }

    [JsonPropertyName("resourceQuotas")] public ResourceQuotaOptionsAnswer? ResourceQuotas { get; init; }

    [JsonPropertyName("workloadIdentityOptions")] public List<WorkloadIdentityOptionAnswer>? WorkloadIdentityOptions { get; init; }
}

/// <summary>A version of Astro Runtime.</summary>
internal sealed record RuntimeReleaseAnswer
{
    [JsonPropertyName("version")] public string Version { get; init; } = "";

    [JsonPropertyName("airflowVersion")] public string AirflowVersion { get; init; } = "";

    [JsonPropertyName("channel")] public string Channel { get; init; } = "";

    [JsonPropertyName("releaseDate")] public DateTimeOffset ReleaseDate { get; init; }

    [JsonPropertyName("airflowDatabaseMigration")] public bool AirflowDatabaseMigration { get; init; }
}

/// <summary>A machine.</summary>
internal sealed record MachineAnswer
{
    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("spec")] public MachineSpecAnswer? Spec { get; init; }

    [JsonPropertyName("concurrency")] public NumberRangeAnswer? Concurrency { get; init; }
}

/// <summary>What a machine has.</summary>
internal sealed record MachineSpecAnswer
{
    [JsonPropertyName("cpu")] public string Cpu { get; init; } = "";

    [JsonPropertyName("memory")] public string Memory { get; init; } = "";

    [JsonPropertyName("ephemeralStorage")] public string? EphemeralStorage { get; init; }
}

/// <summary>The numbers of a worker queue.</summary>
internal sealed record WorkerQueueOptionsAnswer
{
    [JsonPropertyName("minWorkers")] public NumberRangeAnswer? MinWorkers { get; init; }

    [JsonPropertyName("maxWorkers")] public NumberRangeAnswer? MaxWorkers { get; init; }

    [JsonPropertyName("workerConcurrency")] public NumberRangeAnswer? WorkerConcurrency { get; init; }
}

/// <summary>The sizes of pods.</summary>
internal sealed record ResourceQuotaOptionsAnswer
{
    [JsonPropertyName("defaultPodSize")] public ResourceOptionAnswer? DefaultPodSize { get; init; }

    [JsonPropertyName("resourceQuota")] public ResourceOptionAnswer? ResourceQuota { get; init; }
}

/// <summary>CPUs and memory.</summary>
internal sealed record ResourceOptionAnswer
{
    [JsonPropertyName("cpu")] public TextRangeAnswer? Cpu { get; init; }

    [JsonPropertyName("memory")] public TextRangeAnswer? Memory { get; init; }
}

/// <summary>A range of numbers.</summary>
internal sealed record NumberRangeAnswer
{
    [JsonPropertyName("floor")] public double Floor { get; init; }

    [JsonPropertyName("ceiling")] public double Ceiling { get; init; }

    [JsonPropertyName("default")] public double Default { get; init; }
}

/// <summary>A range of texts with units.</summary>
internal sealed record TextRangeAnswer
{
    [JsonPropertyName("floor")] public string Floor { get; init; } = "";

    [JsonPropertyName("ceiling")] public string Ceiling { get; init; } = "";

    [JsonPropertyName("default")] public string Default { get; init; } = "";
}

/// <summary>A cloud identity to choose.</summary>
internal sealed record WorkloadIdentityOptionAnswer
{
    [JsonPropertyName("label")] public string Label { get; init; } = "";

    [JsonPropertyName("role")] public string Role { get; init; } = "";
}

[JsonSerializable(typeof(DeploymentOptionsAnswer))]
internal sealed partial class DeploymentOptionsJson : JsonSerializerContext;
