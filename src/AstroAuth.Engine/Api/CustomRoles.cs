using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Api;

/// <summary>Roles of an organization, their templates and the permissions there are (wire contract 4.3).</summary>
internal sealed class CustomRoles
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal CustomRoles(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    private string Root => $"organizations/{_organizationId}/roles";

    /// <summary>All custom roles, without their permissions, and the built-in ones, with theirs.</summary>
    internal async Task<(List<RoleAnswer> Custom, List<RoleAnswer> BuiltIn)> ListAsync()
    {
        var custom = new List<RoleAnswer>();
        List<RoleAnswer>? builtIn = null;
        await Paging.WalkAsync(
            async offset =>
            {
                var page = await _api.GetAsync(
                    string.Format(CultureInfo.InvariantCulture, "{0}?includeDefaultRoles=true&limit={1}&offset={2}", Root, Paging.LargestPage, offset),
                    RoleJson.Default.RolePage);
                builtIn ??= page.DefaultRoles;
                return new Page<RoleAnswer>(page.Roles ?? [], page.TotalCount);
            },
            page =>
            {
                custom.AddRange(page);
                return Task.CompletedTask;
            });
        return (custom, builtIn ?? []);
    }

    internal Task<RoleAnswer> GetAsync(string id) => _api.GetAsync(Item(id), RoleJson.Default.RoleAnswer);

    internal Task<RoleAnswer> CreateAsync(RoleBody body) => _api.CreateAsync(Root, body, RoleJson.Default.RoleBody, RoleJson.Default.RoleAnswer);

    internal Task<RoleAnswer> UpdateAsync(string id, RoleBody body) =>
        _api.UpdateAsync(Item(id), body, RoleJson.Default.RoleBody, RoleJson.Default.RoleAnswer);

    internal Task DeleteAsync(string id) => _api.DeleteAsync(Item(id));

    internal Task<List<RoleAnswer>> ListTemplatesAsync() =>
        _api.GetAsync($"organizations/{_organizationId}/role-templates", RoleJson.Default.ListRoleAnswer);

    /// <summary>The permissions that custom roles of a scope can have, as Astro offers them now.</summary>
    internal Task<List<PermissionGroupAnswer>> ListPermissionGroupsAsync(string scope) =>
        _api.GetAsync($"authorization/permission-groups?scopeType={scope}", RoleJson.Default.ListPermissionGroupAnswer);

    // An answer can leave out what no role is without.
    private string Item(string? id) => id is null
        ? throw ApiFailure.Unreadable(new ApiReply(_api.Request(HttpMethod.Get, Root), 200), "a role has no id")
        : $"{Root}/{Uri.EscapeDataString(id)}";
}

/// <summary>A role or a template of one.</summary>
internal sealed record RoleAnswer
{
    [JsonPropertyName("id")] public string? Id { get; init; }

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("scopeType")] public string ScopeType { get; init; } = "";

    [JsonPropertyName("permissions")] public List<string>? Permissions { get; init; }

    [JsonPropertyName("restrictedWorkspaceIds")] public List<string>? RestrictedWorkspaceIds { get; init; }

    [JsonPropertyName("createdAt")] public DateTimeOffset? CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset? UpdatedAt { get; init; }

    [JsonPropertyName("createdBy")] public SubjectAnswer? CreatedBy { get; init; }

    [JsonPropertyName("updatedBy")] public SubjectAnswer? UpdatedBy { get; init; }
}

/// <summary>A page of custom roles, with the built-in ones beside it.</summary>
internal sealed record RolePage
{
    [JsonPropertyName("roles")] public List<RoleAnswer>? Roles { get; init; }

    [JsonPropertyName("defaultRoles")] public List<RoleAnswer>? DefaultRoles { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

/// <summary>What a custom role is made or changed with; its scope only when it is made.</summary>
internal sealed record RoleBody
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("scopeType")] public string? ScopeType { get; init; }

    [JsonPropertyName("permissions")] public required IReadOnlyList<string> Permissions { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("restrictedWorkspaceIds")] public IReadOnlyList<string>? RestrictedWorkspaceIds { get; init; }
}

/// <summary>A group of permissions.</summary>
internal sealed record PermissionGroupAnswer
{
    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("scope")] public string Scope { get; init; } = "";

    [JsonPropertyName("permissions")] public List<PermissionAnswer>? Permissions { get; init; }
}

/// <summary>One action of a group.</summary>
internal sealed record PermissionAnswer
{
    [JsonPropertyName("action")] public string Action { get; init; } = "";
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RolePage))]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(List<RoleAnswer>))]
[JsonSerializable(typeof(List<PermissionGroupAnswer>))]
internal sealed partial class RoleJson : JsonSerializerContext;
