using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Resources;

namespace AstroAuth.Engine;

/// <content>The door to organizations, workspaces and what deployments can be made of.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public Task ListOrganizationsAsync(AstroCall call, Func<IReadOnlyList<AstroOrganization>, Task> onPage) => Paging.WalkAsync(
        new Organizations(new ApiClient(call)).FetchAsync,
        page => onPage(page.Select(o => o.ToModel()).ToList()));

    /// <inheritdoc />
    public async Task<AstroOrganization> GetOrganizationAsync(AstroCall call, string id) =>
        (await new Organizations(new ApiClient(call)).GetAsync(id)).ToModel();

    /// <inheritdoc />
    public Task ListWorkspacesAsync(AstroCall call, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroWorkspace>, Task> onPage) =>
        new WorkspaceKeeper(new ApiClient(call)).ListAsync(nameMatches, onPage);

    /// <inheritdoc />
    public Task<AstroWorkspace> GetWorkspaceAsync(AstroCall call, string idOrName) => new WorkspaceKeeper(new ApiClient(call)).GetAsync(idOrName);

    /// <inheritdoc />
    public Task<AstroWorkspace> CreateWorkspaceAsync(AstroCall call, WorkspaceSettings settings) =>
        new WorkspaceKeeper(new ApiClient(call)).CreateAsync(settings);

    /// <inheritdoc />
    public Task<AstroWorkspace> UpdateWorkspaceAsync(AstroCall call, AstroWorkspace read, WorkspaceSettings settings) =>
        new WorkspaceKeeper(new ApiClient(call)).UpdateAsync(read, settings);

    /// <inheritdoc />
    public Task DeleteWorkspaceAsync(AstroCall call, string id) => new WorkspaceKeeper(new ApiClient(call)).DeleteAsync(id);

    /// <inheritdoc />
    public Task<AstroDeploymentOption> GetDeploymentOptionsAsync(AstroCall call, DeploymentOptionQuery query) =>
        new DeploymentOptionReader(new ApiClient(call)).GetAsync(query);
}
