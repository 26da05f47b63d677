using AstroAuth.Emulator.Hosting;

namespace AstroAuth.Emulator.Store;

/// <summary>What a deployment is doing at a time, and what a deploy sets in motion; all of it on the movable clock.</summary>
internal sealed class DeploymentLife(TimeProvider clock, EmulatorSettings settings, BlobStore blobs)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public (string Status, string? Reason) StatusOf(Deployment deployment)
    {
        if (deployment.Forced is { } forced)
            return (forced.Status, forced.Reason);
        var now = Now;
        var phase = deployment.Phases.FirstOrDefault(p => now < p.Until);
        if (phase?.Status != "CREATING" && Hibernation.Of(deployment, now) is { IsHibernating: true } sleep)
            return ("HIBERNATING", sleep.Reason);
        if (phase is not null)
            return (phase.Status, null);
        // Who has just woken up by a schedule or at the end of an override needs a while, as after a deploy.
        if (deployment.IsDevelopmentMode && Hibernation.Of(deployment, now.AddSeconds(-settings.DeploySeconds)).IsHibernating)
            return ("DEPLOYING", null);
        return ProblemOf(deployment) is { } problem ? ("UNHEALTHY", problem) : ("HEALTHY", null);
    }

    /// <summary>The version of the DAGs that runs now; a bundle that cannot be unpacked never runs.</summary>
    public string? RunningDags(Deployment deployment) =>
        Now < deployment.Dags.From || ProblemOf(deployment) is not null ? deployment.Dags.Former : deployment.Dags.Version;

    public string? Running(RunningBundle bundle) => Now < bundle.From ? bundle.Former : bundle.Version;

    /// <summary>A deployment that takes up new code: busy first, then running it.</summary>
    public Deployment Deploying(Deployment deployment) => deployment with
    {
        Phases = [.. deployment.Phases.Where(p => p.Status == "CREATING"), new("DEPLOYING", Ready(deployment))],
    };

    /// <summary>A new deployment: it is made, takes up its first code, and is there.</summary>
    public Deployment Created(Deployment deployment) =>
        Deploying(deployment with { Phases = [new("CREATING", Now.AddSeconds(settings.CreateSeconds))] });

    public Deployment WithDags(Deployment deployment, string? version) => Deploying(deployment) with
    {
        Dags = new(version, Ready(deployment), RunningDags(deployment)),
    };

    public Deployment WithBundle(Deployment deployment, Deploy deploy)
    {
        var former = deployment.Bundles.FirstOrDefault(b => b.MountPath == deploy.BundleMountPath);
        var others = deployment.Bundles.Where(b => b != former);
        var running = former is null ? null : Running(former.Content);
        // An empty version takes the bundle away.
        return Deploying(deployment) with
        {
            Bundles = string.IsNullOrEmpty(deploy.BundleTarballVersion)
                ? [.. others]
                : [.. others, new(deploy.BundleMountPath!, deploy.BundleType!, deploy.Id, new(deploy.BundleTarballVersion, Ready(deployment), running))],
        };
    }

    private DateTimeOffset Ready(Deployment deployment)
    {
        var created = deployment.Phases.Where(p => p.Status == "CREATING").Select(p => p.Until).Append(Now).Max();
        return created.AddSeconds(settings.DeploySeconds);
    }

    private string? ProblemOf(Deployment deployment) =>
        deployment.Dags.Version is { } version && Now >= deployment.Dags.From
            ? blobs.Find(BlobPath.OfDags(deployment), version)?.Content.Problem
            : null;
}
