using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Benchmarks;

/// <summary>A bare sequential HttpClient and System.Text.Json loop over the pages of a token list, reading the same fields as the module; returns the count.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "BenchBareList")]
[OutputType(typeof(int))]
public sealed class InvokeBenchBareListCommand : PSCmdlet
{
    private static readonly HttpClient Client = new();

    /// <summary>The list's address without a query.</summary>
    [Parameter(Mandatory = true)]
    public Uri Address { get; set; } = null!;

    /// <summary>The bearer.</summary>
    [Parameter(Mandatory = true)]
    public System.Security.SecureString Token { get; set; } = null!;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        var bearer = new System.Net.NetworkCredential("", Token).Password;
#pragma warning disable VSTHRD002 // A bare loop waits where it stands; that is what is measured.
        WriteObject(Task.Run(() => ListAsync(bearer)).GetAwaiter().GetResult());
#pragma warning restore VSTHRD002
    }

    private async Task<int> ListAsync(string bearer)
    {
        var tokens = new List<Item>();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Address}?limit=1000&offset={tokens.Count}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync();
            var page = (await JsonSerializer.DeserializeAsync(stream, BenchJson.Default.Page))!;
            tokens.AddRange(page.Tokens);
            if (page.Tokens.Count == 0 || tokens.Count >= page.TotalCount)
                return tokens.Count;
        }
    }

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
