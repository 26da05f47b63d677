using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Benchmarks;

/// <summary>A bare loop over the pages of a token list, reading the same fields as the module.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "BenchBareList")]
[OutputType(typeof(int))]
public sealed class InvokeBenchBareListCommand : BareListCmdlet
{
    /// <inheritdoc />
    private protected override Task<int> ListAsync(string bearer) =>
        WalkAsync(bearer, BenchJson.Default.Page, static page => (page.Tokens, page.TotalCount));

    internal sealed record Page([property: JsonPropertyName("tokens")] List<Item> Tokens, [property: JsonPropertyName("totalCount")] int TotalCount);

    internal sealed record Item
    {
        [JsonPropertyName("id")] public string? Id { get; init; }

        [JsonPropertyName("name")] public string? Name { get; init; }

        [JsonPropertyName("description")] public string? Description { get; init; }

        [JsonPropertyName("scope")] public string? Scope { get; init; }

        [JsonPropertyName("kind")] public string? Kind { get; init; }

        [JsonPropertyName("shortToken")] public string? ShortToken { get; init; }

        [JsonPropertyName("startAt")] public DateTimeOffset StartAt { get; init; }

        [JsonPropertyName("endAt")] public DateTimeOffset? EndAt { get; init; }

        [JsonPropertyName("createdAt")] public DateTimeOffset CreatedAt { get; init; }

        [JsonPropertyName("updatedAt")] public DateTimeOffset UpdatedAt { get; init; }

        [JsonPropertyName("lastUsedAt")] public DateTimeOffset? LastUsedAt { get; init; }

        [JsonPropertyName("expiryPeriodInDays")] public int? ExpiryPeriodInDays { get; init; }

        [JsonPropertyName("lastRotatedAt")] public DateTimeOffset? LastRotatedAt { get; init; }

        [JsonPropertyName("roles")] public List<Role>? Roles { get; init; }

        [JsonPropertyName("createdBy")] public Subject? CreatedBy { get; init; }

        [JsonPropertyName("updatedBy")] public Subject? UpdatedBy { get; init; }
    }

    internal sealed record Role
    {
        [JsonPropertyName("entityType")] public string? EntityType { get; init; }

        [JsonPropertyName("entityId")] public string? EntityId { get; init; }

        [JsonPropertyName("role")] public string? Name { get; init; }

        [JsonPropertyName("deploymentId")] public string? DeploymentId { get; init; }
    }

    internal sealed record Subject
    {
        [JsonPropertyName("id")] public string? Id { get; init; }

        [JsonPropertyName("username")] public string? Username { get; init; }

        [JsonPropertyName("subjectType")] public string? SubjectType { get; init; }

        [JsonPropertyName("fullName")] public string? FullName { get; init; }

        [JsonPropertyName("apiTokenName")] public string? ApiTokenName { get; init; }
    }
}

[JsonSerializable(typeof(InvokeBenchBareListCommand.Page))]
internal sealed partial class BenchJson : JsonSerializerContext;
