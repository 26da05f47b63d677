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
}
