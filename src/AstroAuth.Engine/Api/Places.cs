using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Finds workspaces and deployments by id or exact name (wire contract 4.6 and 4.9).</summary>
internal sealed class Places
{
    private readonly ApiClient _api;

    internal Places(ApiClient api) => _api = api;

    /// <summary>Whether a text is an id of Astro's: a CUID, c and 24 of a-z and 0-9.</summary>
    internal static bool IsId(string text)
    {
        if (text.Length != 25 || text[0] != 'c')
            return false;
        foreach (var c in text)
        {
            if (c is not (>= 'a' and <= 'z' or >= '0' and <= '9'))
                return false;
        }

        return true;
    }

    /// <summary>The id that a text names: the text itself, or the end of an object's own words, <c>name (id)</c>; null for a name.</summary>
    internal static string? IdOf(string text)
    {
        if (IsId(text))
            return text;
        var open = text.Length - 27;
        return open > 0 && text[text.Length - 1] == ')' && text[open] == '(' && IsId(text.Substring(open + 1, 25)) ? text.Substring(open + 1, 25) : null;
    }

    /// <exception cref="AstroException">WorkspaceNotFound or AmbiguousName.</exception>
    internal async Task<AstroPlace> FindWorkspaceAsync(string organizationId, string idOrName)
    {
        if (IdOf(idOrName) is { } id)
            return new AstroPlace(id);
        var path = ApiClient.WithQuery($"organizations/{organizationId}/workspaces", [new("names", idOrName), new("limit", "100")]);
        var page = await _api.GetAsync(path, PlaceJson.Default.WorkspacePage);
        return Single(page.Workspaces, "workspace", idOrName, nameof(Strings.WorkspaceNotFound), Strings.WorkspaceNotFound);
    }

    /// <exception cref="AstroException">DeploymentNotFound or AmbiguousName.</exception>
    internal async Task<AstroPlace> FindDeploymentAsync(string organizationId, string? workspaceId, string idOrName)
    {
        if (IdOf(idOrName) is { } id)
            return new AstroPlace(id);
        var query = new List<KeyValuePair<string, string>> { new("names", idOrName), new("limit", "100") };
        if (workspaceId is not null)
            query.Add(new("workspaceIds", workspaceId));
        var page = await _api.GetAsync(ApiClient.WithQuery($"organizations/{organizationId}/deployments", query), PlaceJson.Default.DeploymentPage);
        return Single(page.Deployments, "deployment", idOrName, nameof(Strings.DeploymentNotFound), Strings.DeploymentNotFound, workspaceId is null ? "" : $" in workspace {workspaceId}");
    }

    /// <summary>The deployments a narrow credential sees, to learn where it belongs (wire contract 2.6 and 2.8).</summary>
    internal async Task<List<PlaceAnswer>> ListReachableDeploymentsAsync(string organizationId) =>
        (await _api.GetAsync($"organizations/{organizationId}/deployments?limit=2", PlaceJson.Default.DeploymentPage)).Deployments ?? [];

    /// <summary>The workspaces one can choose from, the first hundred.</summary>
    internal async Task<List<AstroPlace>> ListWorkspacesAsync(string organizationId) =>
        ((await _api.GetAsync($"organizations/{organizationId}/workspaces?limit=100", PlaceJson.Default.WorkspacePage)).Workspaces ?? [])
            .ConvertAll(w => new AstroPlace(w.Id, w.Name));

    /// <summary>The workspace of each deployment of the organization.</summary>
    internal async Task<Dictionary<string, string>> ListWorkspacesOfDeploymentsAsync(string organizationId)
    {
        var workspaces = new Dictionary<string, string>(StringComparer.Ordinal);
        await Paging.WalkAsync(
            async offset =>
            {
                var page = await _api.GetAsync($"organizations/{organizationId}/deployments?limit={Paging.LargestPage}&offset={offset}", PlaceJson.Default.DeploymentPage);
                return new Page<PlaceAnswer>(page.Deployments ?? [], page.TotalCount);
            },
            page =>
            {
                foreach (var deployment in page)
                    workspaces[deployment.Id] = deployment.WorkspaceId ?? "";
                return Task.CompletedTask;
            });
        return workspaces;
    }

    private AstroPlace Single(List<PlaceAnswer>? found, string what, string name, string notFoundId, string notFound, string where = "")
    {
        // A filter may be looser than a name; only an exact one counts.
        return Exact((found ?? []).Select(p => new AstroPlace(p.Id, p.Name)), what, name)
            ?? throw new AstroException(notFoundId, Strings.Format(notFound, name, _api.Call.Connection.Name, where), AstroErrorCategory.ObjectNotFound, name);
    }

    /// <summary>The one of that name, in its own case before any other; null when there is none.</summary>
    /// <exception cref="AstroException">AmbiguousName.</exception>
    internal static AstroPlace? Exact(IEnumerable<AstroPlace> places, string what, string name)
    {
        var exact = places.Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (exact.Exists(p => p.Name == name))
            exact.RemoveAll(p => p.Name != name);
        return exact.Count <= 1 ? exact.FirstOrDefault() : throw new AstroException(
            nameof(Strings.AmbiguousName),
            Strings.Format(Strings.AmbiguousName, exact.Count, what, name, string.Join(", ", exact.Select(p => p.Id))),
            AstroErrorCategory.InvalidArgument,
            name);
    }
}

/// <summary>A workspace or deployment, as far as finding it needs.</summary>
internal sealed record PlaceAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("workspaceId")] public string? WorkspaceId { get; init; }

    [JsonPropertyName("workspaceName")] public string? WorkspaceName { get; init; }
}

/// <summary>A page of workspaces.</summary>
internal sealed record WorkspacePage
{
    [JsonPropertyName("workspaces")] public List<PlaceAnswer>? Workspaces { get; init; }
}

/// <summary>A page of deployments.</summary>
internal sealed record DeploymentPage
{
    [JsonPropertyName("deployments")] public List<PlaceAnswer>? Deployments { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

[JsonSerializable(typeof(WorkspacePage))]
[JsonSerializable(typeof(DeploymentPage))]
internal sealed partial class PlaceJson : JsonSerializerContext;
