using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace AstroAuth.Engine.Api;

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

/// <summary>Execution of tasks on machines of the customer, as Astro answers.</summary>
internal sealed record RemoteExecutionAnswer
{
    [JsonPropertyName("enabled")] public bool Enabled { get; init; }

    [JsonPropertyName("allowedIpAddressRanges")] public List<string>? AllowedIpAddressRanges { get; init; }

    [JsonPropertyName("remoteApiUrl")] public string? RemoteApiUrl { get; init; }

    [JsonPropertyName("taskLogBucket")] public string? TaskLogBucket { get; init; }

    [JsonPropertyName("taskLogUrlPattern")] public string? TaskLogUrlPattern { get; init; }
}
