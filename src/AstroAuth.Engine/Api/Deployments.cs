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
