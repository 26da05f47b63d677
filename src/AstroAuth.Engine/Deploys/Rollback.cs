using System;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deploys;

/// <summary>Goes back to what an earlier deploy brought.</summary>
internal static class Rollback
{
    private const int Looked = 20;

    /// <exception cref="AstroException">NotDeployed, CiCdEnforced, DeploymentHibernating, or what Astro says.</exception>
    internal static async Task<AstroDeploy> RunAsync(ApiClient api, AstroRollback rollback, Action<AstroPublishProgress>? onProgress)
    {
        var target = rollback.Deploy;
        PublishChecks.Description(rollback.Description);
        if (target.Status != "DEPLOYED")
            throw new AstroException(nameof(Strings.NotDeployed), Strings.Format(Strings.NotDeployed, target.Id, target.Status), AstroErrorCategory.InvalidOperation, target.Id);
        var place = await DeployPlace.OfAsync(api, target.DeploymentId);
        var deployment = await place.GetDeploymentAsync();
        PublishChecks.CiCd(api, deployment);
        PublishChecks.Awake(deployment);

        Report(AstroPublishStep.Create, $"Going back to deploy {target.Id}");
        var deploy = await CreateAsync(place, target.Id, rollback.Description);
        if (rollback.Wait && deploy.DagTarballVersion is { Length: > 0 } version)
        {
            var wait = new DeployWait(place, rollback.Patience, rollback.PollInterval, status => Report(AstroPublishStep.Wait, $"The deployment is {status}"));
            await wait.ForDagsAsync(version, deployment);
        }

        return deploy.ToModel();

        void Report(AstroPublishStep step, string what) => onProgress?.Invoke(new AstroPublishProgress(step, what, 0, 0));
    }

    // A second rollback would be a second deploy, so that a lost answer is looked for, not sent again.
    private static async Task<DeployAnswer> CreateAsync(DeployPlace place, string id, string? description)
    {
        var known = (await place.Deploys.FetchAsync(0, Looked)).Items.Select(d => d.Id).ToList();
        try
        {
            return await place.Deploys.RollBackAsync(id, description);
        }
        catch (AstroNetworkException e) when (e.MayHaveTakenEffect)
        {
            var made = (await place.Deploys.FetchAsync(0, Looked)).Items.FirstOrDefault(d => d.RollbackFromId == id && !known.Contains(d.Id));
            if (made is null)
                throw;
            place.Api.Call.Sink.Verbose($"The answer to the rollback was lost; it is deploy {made.Id}.");
            return made;
        }
    }
}
