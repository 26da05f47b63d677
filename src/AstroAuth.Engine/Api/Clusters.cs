using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Clusters of an organization, as far as naming one needs (wire contract 4.8).</summary>
internal sealed class Clusters
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal Clusters(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    /// <summary>The id of a cluster that is named by id or exact name.</summary>
    /// <exception cref="AstroException">ClusterNotFound or AmbiguousName.</exception>
    internal async Task<string> FindAsync(string idOrName)
    {
        if (Places.IsId(idOrName))
            return idOrName;
        var page = await _api.GetAsync(ApiClient.WithQuery($"organizations/{_organizationId}/clusters", [new("names", idOrName), new("limit", "100")]), ClusterJson.Default.ClusterPage);
        return Places.Exact((page.Clusters ?? []).Select(c => new AstroPlace(c.Id, c.Name)), "cluster", idOrName)?.Id
            ?? throw new AstroException(nameof(Strings.ClusterNotFound), Strings.Format(Strings.ClusterNotFound, idOrName, _api.Call.Connection.Name), AstroErrorCategory.ObjectNotFound, idOrName);
    }
}

/// <summary>A page of clusters.</summary>
internal sealed record ClusterPage
{
    [JsonPropertyName("clusters")] public List<PlaceAnswer>? Clusters { get; init; }
}

[JsonSerializable(typeof(ClusterPage))]
internal sealed partial class ClusterJson : JsonSerializerContext;
