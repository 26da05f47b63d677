using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>Deploys of code to deployments.</summary>
public interface IAstroDeploys
{
    /// <summary>Checks everything that can be checked and finds what would go, without changing anything.</summary>
    /// <exception cref="AstroException">It cannot be published: the folder, the deployment or the credential forbids it.</exception>
    Task<AstroPublishPlan> PlanPublishAsync(AstroCall call, AstroPublishRequest request);

    /// <summary>Publishes what was planned.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="plan">From <see cref="PlanPublishAsync" />.</param>
    /// <param name="onProgress">Told how far it is, from any thread; null when nobody wants to know.</param>
    /// <exception cref="AstroPublishException">A step failed; it says which, and what became of the deploy.</exception>
    Task<AstroDeploy> PublishAsync(AstroCall call, AstroPublishPlan plan, Action<AstroPublishProgress>? onProgress);

    /// <summary>Gives one deploy.</summary>
    /// <exception cref="AstroException">It was not found, or Astro refused.</exception>
    Task<AstroDeploy> GetDeployAsync(AstroCall call, string id, string? deployment, string? workspace);

    /// <summary>Gives the deploys of a deployment, the newest first, page by page.</summary>
    /// <exception cref="AstroException">The deployment was not found, or Astro refused.</exception>
    Task ListDeploysAsync(AstroCall call, string? deployment, string? workspace, Func<IReadOnlyList<AstroDeploy>, Task> onPage);

    /// <summary>Changes what a deploy says it is for.</summary>
    /// <exception cref="AstroException">It was not found, or Astro refused.</exception>
    Task<AstroDeploy> DescribeDeployAsync(AstroCall call, AstroDeploy deploy, string description);

    /// <summary>Goes back to what an earlier deploy brought, as a new deploy.</summary>
    /// <exception cref="AstroException">It was not deployed, or Astro refused.</exception>
    Task<AstroDeploy> RollBackAsync(AstroCall call, AstroRollback rollback, Action<AstroPublishProgress>? onProgress);
}

/// <summary>A deploy to go back to.</summary>
/// <param name="Deploy">The deploy.</param>
public sealed record AstroRollback(AstroDeploy Deploy)
{
    /// <summary>What the new deploy is for, at most 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Wait until the deployment runs it.</summary>
    public bool Wait { get; init; }

    /// <summary>How long to wait for the deployment.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often to ask while waiting.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);
}
