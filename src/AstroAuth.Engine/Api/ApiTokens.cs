using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>API tokens of an organization (wire contract 4.1).</summary>
internal sealed class ApiTokens
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal ApiTokens(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    private string Root => $"organizations/{_organizationId}/tokens";

    internal Task<ApiTokenAnswer> GetAsync(string id) => _api.GetAsync(Item(id), ApiTokenJson.Default.ApiTokenAnswer);

    internal async Task<Page<ApiTokenAnswer>> FetchAsync(IEnumerable<KeyValuePair<string, string>> filter, int offset, int limit = Paging.LargestPage)
    {
        var query = new List<KeyValuePair<string, string>>(filter)
        {
            new("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        var page = await _api.GetAsync(ApiClient.WithQuery(Root, query), ApiTokenJson.Default.ApiTokenPage);
        return new Page<ApiTokenAnswer>(page.Tokens ?? [], page.TotalCount);
    }

    internal Task<ApiTokenAnswer> CreateAsync(CreateApiTokenBody body) =>
        _api.CreateAsync(Root, body, ApiTokenJson.Default.CreateApiTokenBody, ApiTokenJson.Default.ApiTokenAnswer);

    internal Task<ApiTokenAnswer> UpdateAsync(string id, UpdateApiTokenBody body) =>
        _api.UpdateAsync(Item(id), body, ApiTokenJson.Default.UpdateApiTokenBody, ApiTokenJson.Default.ApiTokenAnswer);

    /// <summary>Gives the token a new value; the former one is dead at once. Never repeated: a lost reply has to be looked into.</summary>
    internal Task<ApiTokenAnswer> RotateAsync(string id) => _api.CreateAsync(Item(id) + "/rotate", ApiTokenJson.Default.ApiTokenAnswer);

    /// <summary>Replaces all roles of a token; what is not named is taken away.</summary>
    internal Task ReplaceRolesAsync(string id, IEnumerable<ApiTokenRoleAnswer> roles) => _api.UpdateAsync(
        Item(id) + "/roles",
        new UpdateApiTokenRolesBody { Roles = [.. roles] },
        ApiTokenJson.Default.UpdateApiTokenRolesBody,
        ApiTokenJson.Default.SubjectRolesAnswer);

    internal Task DeleteAsync(string id) => _api.DeleteAsync(Item(id));

    private string Item(string id) => $"{Root}/{Uri.EscapeDataString(id)}";
}

/// <summary>A token as Astro answers; the value only after create and rotate.</summary>
internal sealed record ApiTokenAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("scope")] public string Scope { get; init; } = "";

    [JsonPropertyName("kind")] public string? Kind { get; init; }

    [JsonPropertyName("shortToken")] public string? ShortToken { get; init; }

    [JsonPropertyName("startAt")] public DateTimeOffset StartAt { get; init; }

    [JsonPropertyName("endAt")] public DateTimeOffset? EndAt { get; init; }

    [JsonPropertyName("expiryPeriodInDays")] public int? ExpiryPeriodInDays { get; init; }

    [JsonPropertyName("lastUsedAt")] public DateTimeOffset? LastUsedAt { get; init; }

    [JsonPropertyName("lastRotatedAt")] public DateTimeOffset? LastRotatedAt { get; init; }

    [JsonPropertyName("createdAt")] public DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("createdBy")] public SubjectAnswer? CreatedBy { get; init; }

    [JsonPropertyName("updatedBy")] public SubjectAnswer? UpdatedBy { get; init; }

    [JsonPropertyName("roles")] public List<ApiTokenRoleAnswer>? Roles { get; init; }

    [JsonPropertyName("token")] public string? Token { get; init; }

    // A record would print its members.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id);
        return true;
    }
}

/// <summary>One role of a token.</summary>
internal sealed record ApiTokenRoleAnswer
{
    [JsonPropertyName("entityType")] public string EntityType { get; init; } = "";

    [JsonPropertyName("entityId")] public string EntityId { get; init; } = "";

    [JsonPropertyName("role")] public string Role { get; init; } = "";

    [JsonPropertyName("deploymentId")] public string? DeploymentId { get; init; }
}

/// <summary>A page of tokens.</summary>
internal sealed record ApiTokenPage
{
    [JsonPropertyName("tokens")] public List<ApiTokenAnswer>? Tokens { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

/// <summary>What a token is created with.</summary>
internal sealed record CreateApiTokenBody
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("role")] public required string Role { get; init; }

    [JsonPropertyName("scope")] public required string Scope { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("entityId")] public string? EntityId { get; init; }

    [JsonPropertyName("kind")] public string? Kind { get; init; }

    [JsonPropertyName("tokenExpiryPeriodInDays")] public int? TokenExpiryPeriodInDays { get; init; }
}

/// <summary>What of a token can be changed.</summary>
internal sealed record UpdateApiTokenBody
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("description")] public required string Description { get; init; }
}

/// <summary>All roles a token is to have.</summary>
internal sealed record UpdateApiTokenRolesBody
{
    [JsonPropertyName("roles")] public required List<ApiTokenRoleAnswer> Roles { get; init; }
}

/// <summary>The answer to a replacement of roles, in another form than they were sent; read for being an answer.</summary>
internal sealed record SubjectRolesAnswer;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiTokenPage))]
[JsonSerializable(typeof(CreateApiTokenBody))]
[JsonSerializable(typeof(UpdateApiTokenBody))]
[JsonSerializable(typeof(UpdateApiTokenRolesBody))]
[JsonSerializable(typeof(SubjectRolesAnswer))]
internal sealed partial class ApiTokenJson : JsonSerializerContext;
