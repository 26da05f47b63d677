using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deployments;

/// <summary>Finds deployments and lists them.</summary>
internal sealed class DeploymentReader
{
    private readonly ApiClient _api;

    internal DeploymentReader(ApiClient api) => _api = api;

    /// <exception cref="AstroException">DeploymentNotFound or AmbiguousName.</exception>
    internal async Task<AstroDeployment> GetAsync(string idOrName, string? workspace)
    {
        var (organization, id) = await FindAsync(idOrName, workspace);
        return (await new Api.Deployments(_api, organization).GetAsync(id)).ToModel(organization);
    }

    /// <summary>The organization's and the deployment's id.</summary>
    /// <exception cref="AstroException">DeploymentNotFound or AmbiguousName.</exception>
    internal async Task<(string Organization, string Id)> FindAsync(string idOrName, string? workspace)
    {
        var organization = (await new Organizations(_api).GetCurrentAsync()).Id;
        var places = new Places(_api);
        var workspaceId = workspace is null || Places.IdOf(idOrName) is not null ? null : (await places.FindWorkspaceAsync(organization, workspace)).Id;
        return (organization, (await places.FindDeploymentAsync(organization, workspaceId, idOrName)).Id);
    }

    internal async Task ListAsync(string? workspace, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroDeployment>, Task> onPage)
    {
        var organization = (await new Organizations(_api).GetCurrentAsync()).Id;
        var filter = new List<KeyValuePair<string, string>>();
        if (workspace is not null)
            filter.Add(new("workspaceIds", (await new Places(_api).FindWorkspaceAsync(organization, workspace)).Id));
        var deployments = new Api.Deployments(_api, organization);
        await Paging.WalkAsync(
            offset => deployments.FetchAsync(filter, offset),
            page => onPage(page.Where(d => nameMatches is null || nameMatches(d.Name)).Select(d => d.ToModel(organization)).ToList()));
    }

    /// <summary>Those that were made for a while and are past their time by Astro's own clock.</summary>
    internal async Task<IReadOnlyList<AstroDeployment>> ListExpiredAsync(string? workspace)
    {
        var marked = new List<AstroDeployment>();
        await ListAsync(workspace, null, page =>
        {
            marked.AddRange(page.Where(d => d.ExpiresOn is not null));
            return Task.CompletedTask;
        });
        var now = _api.Session.ServerClock.GetUtcNow();
        return marked.FindAll(d => d.ExpiresOn <= now);
    }
}
