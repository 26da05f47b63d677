using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>Deployments in Astro.</summary>
public interface IAstroDeployments
{
    /// <summary>Gives one deployment by its id or exact name.</summary>
    /// <exception cref="AstroException">It was not found, several have that name, or Astro refused.</exception>
    Task<AstroDeployment> GetDeploymentAsync(AstroCall call, string idOrName, string? workspace);

    /// <summary>Gives the deployments that are wanted, page by page.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="workspace">Only those of this workspace, by id or exact name; null for all that can be seen.</param>
    /// <param name="nameMatches">Says whether a name is wanted; null for any.</param>
    /// <param name="onPage">Gets each page; awaited before the next.</param>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task ListDeploymentsAsync(AstroCall call, string? workspace, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroDeployment>, Task> onPage);

    /// <summary>Finds out what a change would do, and that Astro would take it, without changing anything.</summary>
    /// <exception cref="AstroException">InvalidDeployment, or the deployment was not found.</exception>
    Task<DeploymentPlan> PlanDeploymentChangeAsync(AstroCall call, string idOrName, string? workspace, DeploymentSettings settings);

    /// <summary>Finds out what a new deployment would be made of, without making it.</summary>
    /// <exception cref="AstroException">InvalidDeployment, DeploymentExists, or a place was not found.</exception>
    Task<DeploymentPlan> PlanDeploymentAsync(AstroCall call, DeploymentCreation creation);

    /// <summary>Makes or changes the deployment as planned.</summary>
    /// <exception cref="AstroException">DeploymentChangedMeanwhile, DeploymentOutcomeUnknown, or Astro refused.</exception>
    Task<AstroDeployment> CarryOutAsync(AstroCall call, DeploymentPlan plan);

    /// <summary>Removes a deployment for good.</summary>
    /// <exception cref="AstroException">It was not there, or Astro refused.</exception>
    Task DeleteDeploymentAsync(AstroCall call, string id);

    /// <summary>Makes a development deployment sleep or wake, against its schedules.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="id">The deployment.</param>
    /// <param name="isHibernating">Whether it is to sleep.</param>
    /// <param name="until">Until when that holds (UTC); null for good.</param>
    /// <exception cref="AstroException">Astro refused.</exception>
    Task HibernateAsync(AstroCall call, string id, bool isHibernating, DateTimeOffset? until);

    /// <summary>Looks at a deployment until it is as wanted.</summary>
    /// <exception cref="AstroException">DeploymentUnhealthy, DeploymentWaitTimedOut, or it is gone.</exception>
    Task<AstroDeployment> WaitForDeploymentAsync(AstroCall call, string id, DeploymentWait wait);

    /// <summary>Gives the deployments that were made for a while and are past their time by Astro's clock.</summary>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task<IReadOnlyList<AstroDeployment>> GetExpiredDeploymentsAsync(AstroCall call, string? workspace);
}
