using System;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Deploys;

/// <summary>Asks again and again until a deployment is where it should be, and ends when it will not get there.</summary>
internal sealed class DeployWait
{
    private const string Healthy = "HEALTHY";
    private const string Unhealthy = "UNHEALTHY";

    private readonly DeployPlace _place;
    private readonly TimeSpan _patience;
    private readonly TimeSpan _interval;
    private readonly Action<string> _onStatus;

    internal DeployWait(DeployPlace place, TimeSpan patience, TimeSpan interval, Action<string> onStatus)
    {
        _place = place;
        _patience = patience;
        _interval = interval;
        _onStatus = onStatus;
    }

    /// <summary>Until it runs a version of the DAGs.</summary>
    /// <param name="version">The version.</param>
    /// <param name="before">The deployment before, so that one that was unwell already gets the time to recover.</param>
    /// <exception cref="AstroException">DeploymentUnhealthy, DeploySuperseded or DeployWaitTimeout.</exception>
    internal Task ForDagsAsync(string version, AstroDeployment before) => UntilAsync("it runs what was published", deployment =>
    {
        if (deployment.DagTarballVersion == version && deployment.Status is not "DEPLOYING" and not "CREATING")
            return Task.FromResult(true);
        if (deployment.DesiredDagTarballVersion is { } desired && desired != version)
            throw new AstroException(nameof(Strings.DeploySuperseded), Strings.Format(Strings.DeploySuperseded, deployment.Name, desired), AstroErrorCategory.InvalidOperation, deployment.Name);
        EndWhenUnwell(deployment, before);
        return Task.FromResult(false);
    });

    /// <summary>Until it has a version of another bundle, or no longer has the bundle.</summary>
    /// <exception cref="AstroException">DeploymentUnhealthy or DeployWaitTimeout.</exception>
    internal Task ForBundleAsync(string deployId, string mountPath, string version, AstroDeployment before) => UntilAsync("it has the bundle", async deployment =>
    {
        EndWhenUnwell(deployment, before);
        if (deployment.Status is "DEPLOYING" or "CREATING")
            return false;
        var bundle = (await _place.Deploys.GetAsync(deployId)).Bundles?.FirstOrDefault(b => b.MountPath == mountPath);
        return version.Length == 0 ? bundle is null || string.IsNullOrEmpty(bundle.CurrentVersion) : bundle is null || bundle.CurrentVersion == version;
    });

    /// <summary>Until it is awake and well.</summary>
    /// <exception cref="AstroException">DeploymentUnhealthy or DeployWaitTimeout.</exception>
    internal Task ForWakingAsync(AstroDeployment before) => UntilAsync("it is awake", deployment =>
    {
        EndWhenUnwell(deployment, before);
        return Task.FromResult(deployment.Status == Healthy);
    });

    private async Task UntilAsync(string goal, Func<AstroDeployment, Task<bool>> isThere)
    {
        var begin = _place.Now;
        var waited = TimeSpan.Zero;
        while (true)
        {
            var deployment = await _place.GetDeploymentAsync();
            _onStatus(deployment.Status);
            if (await isThere(deployment))
                return;
            if (waited >= _patience || _place.Now - begin >= _patience)
            {
                throw new AstroException(
                    nameof(Strings.DeployWaitTimeout),
                    Strings.Format(Strings.DeployWaitTimeout, deployment.Name, deployment.Status, goal, _patience.TotalSeconds),
                    AstroErrorCategory.OperationTimeout,
                    deployment.Name);
            }

            await _place.Api.Session.Clock.PauseAsync(_interval, _place.Api.Call.CancellationToken);
            waited += _interval;
        }
    }

    private static void EndWhenUnwell(AstroDeployment deployment, AstroDeployment before)
    {
        if (deployment.Status != Unhealthy || before.Status == Unhealthy)
            return;
        throw new AstroException(
            nameof(Strings.DeploymentUnhealthy),
            Strings.Format(Strings.DeploymentUnhealthy, deployment.Name, deployment.StatusReason is { Length: > 0 } reason ? ApiFailure.OneLine(reason).TrimEnd('.') : "Astro gives no reason"),
            AstroErrorCategory.InvalidOperation,
            deployment.Name);
    }
}
