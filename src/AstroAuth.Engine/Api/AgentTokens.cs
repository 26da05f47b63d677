using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Tokens of a deployment's Remote Execution agents (wire contract 4.2).</summary>
internal sealed class AgentTokens
{
    private readonly ApiClient _api;
    private readonly string _root;

    internal AgentTokens(ApiClient api, string organizationId, string deploymentId)
    {
        _api = api;
        _root = $"organizations/{organizationId}/deployments/{Uri.EscapeDataString(deploymentId)}/agent-tokens";
    }

    internal Task<ApiTokenAnswer> GetAsync(string id) => _api.GetAsync(Item(id), ApiTokenJson.Default.ApiTokenAnswer);

    internal async Task<Page<ApiTokenAnswer>> FetchAsync(IEnumerable<KeyValuePair<string, string>> filter, int offset)
    {
        var query = new List<KeyValuePair<string, string>>(filter)
        {
            new("limit", Paging.LargestPage.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        var page = await _api.GetAsync(ApiClient.WithQuery(_root, query), ApiTokenJson.Default.ApiTokenPage);
        return new Page<ApiTokenAnswer>(page.Tokens ?? [], page.TotalCount);
    }

    internal Task<ApiTokenAnswer> CreateAsync(CreateAgentTokenBody body) =>
        _api.CreateAsync(_root, body, AgentTokenJson.Default.CreateAgentTokenBody, ApiTokenJson.Default.ApiTokenAnswer);

    internal Task DeleteAsync(string id) => _api.DeleteAsync(Item(id));

    private string Item(string id) => $"{_root}/{Uri.EscapeDataString(id)}";
}

/// <summary>What an agent token is created with.</summary>
internal sealed record CreateAgentTokenBody
{
    [JsonPropertyName("name")] public required string Name { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("tokenExpiryPeriodInDays")] public int? TokenExpiryPeriodInDays { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateAgentTokenBody))]
internal sealed partial class AgentTokenJson : JsonSerializerContext;
