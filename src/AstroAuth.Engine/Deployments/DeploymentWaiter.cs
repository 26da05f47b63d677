using System.Globalization;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Deployments;

/// <summary>Looks at a deployment now and then until it is as wanted, or will not be.</summary>
internal sealed class DeploymentWaiter
{
    private readonly ApiClient _api;

    internal DeploymentWaiter(ApiClient api) => _api = api;

    /// <exception cref="AstroException">DeploymentUnhealthy or DeploymentWaitTimedOut.</exception>
    internal async Task<AstroDeployment> WaitAsync(string id, DeploymentWait wait)
    {
        var clock = _api.Session.Clock;
        var begun = clock.GetTimestamp();
        while (true)
        {
            var deployment = await new DeploymentReader(_api).GetAsync(id, null);
            wait.OnLook?.Invoke(deployment);
            if (wait.IsThere(deployment))
                return deployment;
            if (deployment.Status == "UNHEALTHY")
                throw Fail(nameof(Strings.DeploymentUnhealthy), Strings.Format(Strings.DeploymentUnhealthy, deployment.Name, deployment.StatusReason ?? "Astro gives no reason"), AstroErrorCategory.InvalidOperation, deployment);
            if (clock.GetElapsedTime(begun) + wait.Interval > wait.Patience)
            {
                throw Fail(
                    nameof(Strings.DeploymentWaitTimedOut),
                    Strings.Format(Strings.DeploymentWaitTimedOut, deployment.Name, ((int)wait.Patience.TotalSeconds).ToString(CultureInfo.InvariantCulture), deployment.Status),
                    AstroErrorCategory.OperationTimeout,
                    deployment);
            }

            await clock.PauseAsync(wait.Interval, _api.Call.CancellationToken);
        }
    }

    private static AstroException Fail(string id, string text, AstroErrorCategory category, AstroDeployment deployment) => new(id, text, category, deployment.Id);
}
