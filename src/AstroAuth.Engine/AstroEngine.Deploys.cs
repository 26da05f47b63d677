using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Deploys;

namespace AstroAuth.Engine;

/// <content>Deploys.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public Task<AstroPublishPlan> PlanPublishAsync(AstroCall call, AstroPublishRequest request) => new PublishPlanner(new ApiClient(call), request).PlanAsync();

    /// <inheritdoc />
    public async Task<AstroDeploy> PublishAsync(AstroCall call, AstroPublishPlan plan, Action<AstroPublishProgress>? onProgress) =>
        await new Publisher(await DeployPlace.OfAsync(new ApiClient(call), plan.Deployment.Id), plan, onProgress).PublishAsync();

    /// <inheritdoc />
    public async Task<AstroDeploy> GetDeployAsync(AstroCall call, string id, string? deployment, string? workspace)
    {
        var place = await DeployPlace.FindAsync(new ApiClient(call), deployment, workspace);
        return (await place.Deploys.GetAsync(id)).ToModel();
    }

    /// <inheritdoc />
    public async Task ListDeploysAsync(AstroCall call, string? deployment, string? workspace, Func<IReadOnlyList<AstroDeploy>, Task> onPage)
    {
        var place = await DeployPlace.FindAsync(new ApiClient(call), deployment, workspace);
        await Paging.WalkAsync(offset => place.Deploys.FetchAsync(offset), page => onPage(page.Select(d => d.ToModel()).ToList()));
    }

    /// <inheritdoc />
    public async Task<AstroDeploy> DescribeDeployAsync(AstroCall call, AstroDeploy deploy, string description)
    {
        PublishChecks.Description(description);
        var place = await DeployPlace.OfAsync(new ApiClient(call), deploy.DeploymentId);
        return (await place.Deploys.UpdateAsync(deploy.Id, description)).ToModel();
    }

    /// <inheritdoc />
    public Task<AstroDeploy> RollBackAsync(AstroCall call, AstroRollback rollback, Action<AstroPublishProgress>? onProgress) =>
        Rollback.RunAsync(new ApiClient(call), rollback, onProgress);
}
