using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Deployments;

namespace AstroAuth.Engine;

/// <content>Deployments.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public Task<AstroDeployment> GetDeploymentAsync(AstroCall call, string idOrName, string? workspace) =>
        new DeploymentReader(new ApiClient(call)).GetAsync(idOrName, workspace);

    /// <inheritdoc />
    public Task ListDeploymentsAsync(AstroCall call, string? workspace, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroDeployment>, Task> onPage) =>
        new DeploymentReader(new ApiClient(call)).ListAsync(workspace, nameMatches, onPage);

    /// <inheritdoc />
    public Task<DeploymentPlan> PlanDeploymentChangeAsync(AstroCall call, string idOrName, string? workspace, DeploymentSettings settings) =>
        new DeploymentEditor(new ApiClient(call)).PlanAsync(idOrName, workspace, settings);

    /// <inheritdoc />
    public Task<DeploymentPlan> PlanDeploymentAsync(AstroCall call, DeploymentCreation creation) =>
        new DeploymentComposer(new ApiClient(call)).ComposeAsync(creation);

    /// <inheritdoc />
    public Task<AstroDeployment> CarryOutAsync(AstroCall call, DeploymentPlan plan) => plan.Id is null
        ? new DeploymentCreator(new ApiClient(call)).CreateAsync(plan)
        : new DeploymentEditor(new ApiClient(call)).ApplyAsync(plan);

    /// <inheritdoc />
    public async Task DeleteDeploymentAsync(AstroCall call, string id)
    {
        var api = new ApiClient(call);
        await new Api.Deployments(api, (await new Organizations(api).GetCurrentAsync()).Id).DeleteAsync(id);
    }

    /// <inheritdoc />
    public async Task HibernateAsync(AstroCall call, string id, bool isHibernating, DateTimeOffset? until)
    {
        var api = new ApiClient(call);
        await new Api.Deployments(api, (await new Organizations(api).GetCurrentAsync()).Id).OverrideHibernationAsync(id, isHibernating, until);
    }

    /// <inheritdoc />
    public Task<AstroDeployment> WaitForDeploymentAsync(AstroCall call, string id, DeploymentWait wait) =>
        new DeploymentWaiter(new ApiClient(call)).WaitAsync(id, wait);

    /// <inheritdoc />
    public Task<IReadOnlyList<AstroDeployment>> GetExpiredDeploymentsAsync(AstroCall call, string? workspace) =>
        new DeploymentReader(new ApiClient(call)).ListExpiredAsync(workspace);
}
