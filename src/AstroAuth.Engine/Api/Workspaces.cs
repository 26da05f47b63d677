using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Workspaces of an organization (wire contract 4.6).</summary>
internal sealed class Workspaces
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal Workspaces(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    private string Root => $"organizations/{_organizationId}/workspaces";

    internal Task<WorkspaceAnswer> GetAsync(string id) => _api.GetAsync(Item(id), WorkspaceJson.Default.WorkspaceAnswer);

    internal async Task<Page<WorkspaceAnswer>> FetchAsync(int offset)
    {
        var path = string.Format(CultureInfo.InvariantCulture, "{0}?limit={1}&offset={2}", Root, Paging.LargestPage, offset);
        var page = await _api.GetAsync(path, WorkspaceJson.Default.WorkspaceListAnswer);
        return new Page<WorkspaceAnswer>(page.Workspaces ?? [], page.TotalCount);
    }

    internal Task<WorkspaceAnswer> CreateAsync(CreateWorkspaceBody body) =>
        _api.CreateAsync(Root, body, WorkspaceJson.Default.CreateWorkspaceBody, WorkspaceJson.Default.WorkspaceAnswer);

    /// <summary>Replaces name, description and CI/CD default; what the body leaves out of them would be lost.</summary>
    internal Task<WorkspaceAnswer> UpdateAsync(string id, UpdateWorkspaceBody body) =>
        _api.UpdateAsync(Item(id), body, WorkspaceJson.Default.UpdateWorkspaceBody, WorkspaceJson.Default.WorkspaceAnswer);

    internal Task DeleteAsync(string id) => _api.DeleteAsync(Item(id));

    private string Item(string id) => $"{Root}/{Uri.EscapeDataString(id)}";
}

/// <summary>A workspace as Astro answers.</summary>
internal sealed record WorkspaceAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("cicdEnforcedDefault")] public bool CicdEnforcedDefault { get; init; }

    [JsonPropertyName("defaultClusterId")] public string? DefaultClusterId { get; init; }

    [JsonPropertyName("defaultCloudProvider")] public string? DefaultCloudProvider { get; init; }

    [JsonPropertyName("defaultRegion")] public string? DefaultRegion { get; init; }

    [JsonPropertyName("organizationId")] public string OrganizationId { get; init; } = "";

    [JsonPropertyName("organizationName")] public string? OrganizationName { get; init; }

    [JsonPropertyName("createdAt")] public DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("createdBy")] public SubjectAnswer? CreatedBy { get; init; }

    [JsonPropertyName("updatedBy")] public SubjectAnswer? UpdatedBy { get; init; }
}

/// <summary>A page of workspaces.</summary>
internal sealed record WorkspaceListAnswer
{
    [JsonPropertyName("workspaces")] public List<WorkspaceAnswer>? Workspaces { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

/// <summary>What a workspace is created with.</summary>
internal sealed record CreateWorkspaceBody
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("cicdEnforcedDefault")] public bool? CicdEnforcedDefault { get; init; }

    [JsonPropertyName("defaultClusterId")] public string? DefaultClusterId { get; init; }

    [JsonPropertyName("defaultCloudProvider")] public string? DefaultCloudProvider { get; init; }

    [JsonPropertyName("defaultRegion")] public string? DefaultRegion { get; init; }
}

/// <summary>All that a workspace is to be.</summary>
internal sealed record UpdateWorkspaceBody
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("description")] public required string Description { get; init; }

    [JsonPropertyName("cicdEnforcedDefault")] public required bool CicdEnforcedDefault { get; init; }

    [JsonPropertyName("defaultClusterId")] public string? DefaultClusterId { get; init; }

    [JsonPropertyName("defaultCloudProvider")] public string? DefaultCloudProvider { get; init; }

    [JsonPropertyName("defaultRegion")] public string? DefaultRegion { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkspaceListAnswer))]
[JsonSerializable(typeof(CreateWorkspaceBody))]
[JsonSerializable(typeof(UpdateWorkspaceBody))]
internal sealed partial class WorkspaceJson : JsonSerializerContext;
