using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deployment;

/// <summary>Waits for a deployment and shows how it goes.</summary>
internal static class DeploymentWaiting
{
    /// <summary>Whether a deployment has come to rest: it runs, or sleeps.</summary>
    internal static bool IsAtRest(AstroDeployment deployment) => deployment.Status is "HEALTHY" or "HIBERNATING";

    /// <exception cref="AstroException">DeploymentUnhealthy or DeploymentWaitTimedOut.</exception>
    internal static async Task<AstroDeployment> WaitAsync(AstroConnectedCmdlet cmdlet, AstroCall call, AstroDeployment deployment, DeploymentWait wait)
    {
        var begun = DateTimeOffset.UtcNow;
        try
        {
            return await AstroCmdlet.Engine.WaitForDeploymentAsync(call, deployment.Id, wait with
            {
                OnLook = now => Show(cmdlet, now, string.Format(
                    CultureInfo.InvariantCulture, "{0}, {1:m\\:ss} of at most {2:0} min", now.Status, DateTimeOffset.UtcNow - begun, wait.Patience.TotalMinutes), ProgressRecordType.Processing),
            });
        }
        finally
        {
            Show(cmdlet, deployment, "done", ProgressRecordType.Completed);
        }
    }

    // A CI log would keep every line of a progress bar.
    private static void Show(AstroConnectedCmdlet cmdlet, AstroDeployment deployment, string status, ProgressRecordType type)
    {
        if (!CiHost.IsAny)
            cmdlet.Pump.Post(() => cmdlet.WriteProgress(new ProgressRecord(1, $"Waiting for deployment '{deployment.Name}'", status) { RecordType = type }));
    }
}
