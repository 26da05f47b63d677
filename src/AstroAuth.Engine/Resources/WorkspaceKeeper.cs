using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Resources;

/// <summary>Gives, makes, changes and removes workspaces.</summary>
internal sealed class WorkspaceKeeper
{
    private const int LongestName = 50;

    private readonly ApiClient _api;

    internal WorkspaceKeeper(ApiClient api) => _api = api;

    internal async Task ListAsync(Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroWorkspace>, Task> onPage)
    {
        var workspaces = await OpenAsync();
        await Paging.WalkAsync(
            workspaces.FetchAsync,
            page => onPage(page.Where(w => nameMatches is null || nameMatches(w.Name)).Select(w => w.ToModel()).ToList()));
    }

    /// <exception cref="AstroException">WorkspaceNotFound or AmbiguousName.</exception>
    internal async Task<AstroWorkspace> GetAsync(string idOrName)
    {
        var organization = (await new Organizations(_api).GetCurrentAsync()).Id;
        var found = await new Places(_api).FindWorkspaceAsync(organization, idOrName);
        return (await new Workspaces(_api, organization).GetAsync(found.Id)).ToModel();
    }

    /// <exception cref="AstroException">InvalidWorkspaceName or WorkspaceDefaultsConflict.</exception>
    internal async Task<AstroWorkspace> CreateAsync(WorkspaceSettings settings)
    {
        Check(settings, settings.Name ?? "");
        var organization = (await new Organizations(_api).GetCurrentAsync()).Id;
        return (await new Workspaces(_api, organization).CreateAsync(new CreateWorkspaceBody
        {
            Name = settings.Name!,
            Description = settings.Description,
            CicdEnforcedDefault = settings.EnforceCiCd,
            DefaultClusterId = await FindClusterAsync(organization, settings),
            DefaultCloudProvider = settings.DefaultCloudProvider,
            DefaultRegion = settings.DefaultRegion,
        })).ToModel();
    }

    /// <summary>
    /// Changes a workspace that is as it was read. Astro takes no condition with a write, so that a change by somebody else is
    /// looked for right before it.
    /// </summary>
    /// <exception cref="AstroException">InvalidWorkspaceName, WorkspaceDefaultsConflict or WorkspaceChangedMeanwhile.</exception>
    internal async Task<AstroWorkspace> UpdateAsync(AstroWorkspace read, WorkspaceSettings settings)
    {
        Check(settings, read.Id);
        var organization = (await new Organizations(_api).GetCurrentAsync()).Id;
        var clusterId = await FindClusterAsync(organization, settings);
        var workspaces = new Workspaces(_api, organization);
        var now = await workspaces.GetAsync(read.Id);
        if (now.UpdatedAt != read.UpdatedOn)
            throw ChangedMeanwhile(now.ToModel());
        return (await workspaces.UpdateAsync(read.Id, Merge(now, settings, clusterId))).ToModel();
    }

    internal async Task DeleteAsync(string id) => await (await OpenAsync()).DeleteAsync(id);

    /// <summary>What the workspace is, with what is to be different: Astro would take away whatever is not sent.</summary>
    internal static UpdateWorkspaceBody Merge(WorkspaceAnswer now, WorkspaceSettings settings, string? clusterId)
    {
        var isMoved = clusterId is not null || settings.DefaultCloudProvider is not null;
        var cluster = isMoved ? clusterId : NotEmpty(now.DefaultClusterId);
        return new UpdateWorkspaceBody
        {
            Name = settings.Name ?? now.Name,
            Description = settings.Description ?? now.Description ?? "",
            CicdEnforcedDefault = settings.EnforceCiCd ?? now.CicdEnforcedDefault,
            DefaultClusterId = cluster,
            // A cluster says both already, and Astro refuses all three.
            DefaultCloudProvider = isMoved ? settings.DefaultCloudProvider : cluster is null ? NotEmpty(now.DefaultCloudProvider) : null,
            DefaultRegion = isMoved ? settings.DefaultRegion : cluster is null ? NotEmpty(now.DefaultRegion) : null,
        };
    }

    private static void Check(WorkspaceSettings settings, string target)
    {
        if (settings.Name is { } name && (name.Trim().Length == 0 || name.Length > LongestName))
        {
            throw new AstroException(
                nameof(Strings.InvalidWorkspaceName),
                Strings.Format(Strings.InvalidWorkspaceName, LongestName, name.Length),
                AstroErrorCategory.InvalidArgument,
                target);
        }

        if (settings.DefaultCloudProvider is null != settings.DefaultRegion is null || (settings.DefaultCluster is not null && settings.DefaultRegion is not null))
            throw new AstroException(nameof(Strings.WorkspaceDefaultsConflict), Strings.WorkspaceDefaultsConflict, AstroErrorCategory.InvalidArgument, target);
    }

    private static AstroException ChangedMeanwhile(AstroWorkspace now) => new(
        nameof(Strings.WorkspaceChangedMeanwhile),
        Strings.Format(Strings.WorkspaceChangedMeanwhile, now.Name, now.UpdatedBy?.ToString() ?? "somebody", now.UpdatedOn.ToString("u", CultureInfo.InvariantCulture)),
        AstroErrorCategory.ResourceExists,
        now.Name);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private async Task<string?> FindClusterAsync(string organizationId, WorkspaceSettings settings) =>
        settings.DefaultCluster is { } cluster ? await new Clusters(_api, organizationId).FindAsync(cluster) : null;

    private async Task<Workspaces> OpenAsync() => new(_api, (await new Organizations(_api).GetCurrentAsync()).Id);
}
