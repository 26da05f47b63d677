using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Deploys of a deployment (wire contract 4.10).</summary>
internal sealed class Deploys
{
    private readonly ApiClient _api;
    private readonly string _root;

    internal Deploys(ApiClient api, string organizationId, string deploymentId)
    {
        _api = api;
        _root = $"organizations/{organizationId}/deployments/{Uri.EscapeDataString(deploymentId)}/deploys";
    }

    internal Task<DeployAnswer> GetAsync(string id) => _api.GetAsync(Item(id), DeployJson.Default.DeployAnswer);

    internal async Task<Page<DeployAnswer>> FetchAsync(int offset, int limit = Paging.LargestPage)
    {
        var query = new KeyValuePair<string, string>[]
        {
            new("limit", limit.ToString(CultureInfo.InvariantCulture)),
            new("offset", offset.ToString(CultureInfo.InvariantCulture)),
        };
        var page = await _api.GetAsync(ApiClient.WithQuery(_root, query), DeployJson.Default.DeployPage);
        return new Page<DeployAnswer>(page.Deploys ?? [], page.TotalCount);
    }

    /// <summary>Never repeated: after a lost reply the deploy has to be looked for.</summary>
    internal Task<DeployAnswer> CreateAsync(CreateDeployBody body) =>
        _api.CreateAsync(_root, body, DeployJson.Default.CreateDeployBody, DeployJson.Default.DeployAnswer);

    internal Task<DeployAnswer> UpdateAsync(string id, string description) =>
        _api.UpdateAsync(Item(id), new DeployDescriptionBody { Description = description }, DeployJson.Default.DeployDescriptionBody, DeployJson.Default.DeployAnswer);

    /// <summary>Not repeated by itself: after a lost reply the deploy says whether it was finalized.</summary>
    internal Task<DeployAnswer> FinalizeAsync(string id, FinalizeDeployBody body) =>
        _api.CreateAsync(Item(id) + "/finalize", body, DeployJson.Default.FinalizeDeployBody, DeployJson.Default.DeployAnswer);

    /// <summary>Never repeated: it makes a new deploy.</summary>
    internal Task<DeployAnswer> RollBackAsync(string id, string? description) =>
        _api.CreateAsync(Item(id) + "/rollback", new DeployDescriptionBody { Description = description }, DeployJson.Default.DeployDescriptionBody, DeployJson.Default.DeployAnswer);

    private string Item(string id) => $"{_root}/{Uri.EscapeDataString(id)}";
}

/// <summary>A deploy as Astro answers; the addresses for uploads hold a signature and only after its creation.</summary>
internal sealed record DeployAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("deploymentId")] public string DeploymentId { get; init; } = "";

    [JsonPropertyName("type")] public string Type { get; init; } = "";

    [JsonPropertyName("status")] public string Status { get; init; } = "";

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("imageRepository")] public string? ImageRepository { get; init; }

    [JsonPropertyName("imageTag")] public string? ImageTag { get; init; }

    [JsonPropertyName("airflowVersion")] public string? AirflowVersion { get; init; }

    [JsonPropertyName("astroRuntimeVersion")] public string? AstroRuntimeVersion { get; init; }

    [JsonPropertyName("dagTarballVersion")] public string? DagTarballVersion { get; init; }

    [JsonPropertyName("bundleMountPath")] public string? BundleMountPath { get; init; }

    [JsonPropertyName("bundles")] public List<BundleAnswer>? Bundles { get; init; }

    [JsonPropertyName("git")] public DeployGitAnswer? Git { get; init; }

    [JsonPropertyName("rollbackFromId")] public string? RollbackFromId { get; init; }

    [JsonPropertyName("dagsUploadUrl")] public string? DagsUploadUrl { get; init; }

    [JsonPropertyName("bundleUploadUrl")] public string? BundleUploadUrl { get; init; }

    [JsonPropertyName("createdAt")] public DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset? UpdatedAt { get; init; }

    [JsonPropertyName("createdBySubject")] public SubjectAnswer? CreatedBySubject { get; init; }

    [JsonPropertyName("updatedBySubject")] public SubjectAnswer? UpdatedBySubject { get; init; }

    // A record would print its members, and with them the signature.
    public override string ToString() => Id;
}

/// <summary>A bundle as Astro answers.</summary>
internal sealed record BundleAnswer
{
    [JsonPropertyName("bundleType")] public string BundleType { get; init; } = "";

    [JsonPropertyName("mountPath")] public string MountPath { get; init; } = "";

    [JsonPropertyName("currentVersion")] public string? CurrentVersion { get; init; }

    [JsonPropertyName("desiredVersion")] public string? DesiredVersion { get; init; }
}

/// <summary>The commit of a deploy, both ways.</summary>
internal sealed record DeployGitAnswer
{
    [JsonPropertyName("provider")] public string Provider { get; init; } = "";

    [JsonPropertyName("commitSha")] public string CommitSha { get; init; } = "";

    [JsonPropertyName("account")] public string? Account { get; init; }

    [JsonPropertyName("repo")] public string? Repo { get; init; }

    [JsonPropertyName("remoteUrl")] public string? RemoteUrl { get; init; }

    [JsonPropertyName("branch")] public string? Branch { get; init; }

    [JsonPropertyName("path")] public string? Path { get; init; }

    [JsonPropertyName("commitUrl")] public string? CommitUrl { get; init; }

    [JsonPropertyName("authorName")] public string? AuthorName { get; init; }
}

/// <summary>A page of deploys.</summary>
internal sealed record DeployPage
{
    [JsonPropertyName("deploys")] public List<DeployAnswer>? Deploys { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

/// <summary>A deploy to begin.</summary>
internal sealed record CreateDeployBody
{
    [JsonPropertyName("type")] public required string Type { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("bundleMountPath")] public string? BundleMountPath { get; init; }

    [JsonPropertyName("bundleType")] public string? BundleType { get; init; }

    [JsonPropertyName("git")] public DeployGitAnswer? Git { get; init; }
}

/// <summary>What a deploy is for.</summary>
internal sealed record DeployDescriptionBody
{
    [JsonPropertyName("description")] public string? Description { get; init; }
}

/// <summary>The version that was uploaded; an empty one of a bundle takes the bundle away.</summary>
internal sealed record FinalizeDeployBody
{
    [JsonPropertyName("dagTarballVersion")] public string? DagTarballVersion { get; init; }

    [JsonPropertyName("bundleTarballVersion")] public string? BundleTarballVersion { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeployAnswer))]
[JsonSerializable(typeof(DeployPage))]
[JsonSerializable(typeof(CreateDeployBody))]
[JsonSerializable(typeof(DeployDescriptionBody))]
[JsonSerializable(typeof(FinalizeDeployBody))]
internal sealed partial class DeployJson : JsonSerializerContext;
