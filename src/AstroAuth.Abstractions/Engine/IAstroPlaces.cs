using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>Organizations and workspaces in Astro, and what deployments can be made of.</summary>
public interface IAstroPlaces
{
    /// <summary>Gives the organizations that the credential sees, page by page.</summary>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task ListOrganizationsAsync(AstroCall call, Func<IReadOnlyList<AstroOrganization>, Task> onPage);

    /// <summary>Gives one organization by its id.</summary>
    /// <exception cref="AstroException">It was not found, or Astro refused.</exception>
    Task<AstroOrganization> GetOrganizationAsync(AstroCall call, string id);

    /// <summary>Gives the workspaces that the credential sees, page by page.</summary>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task ListWorkspacesAsync(AstroCall call, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroWorkspace>, Task> onPage);

    /// <summary>Gives one workspace by its id or exact name.</summary>
    /// <exception cref="AstroException">It was not found, several have that name, or Astro refused.</exception>
    Task<AstroWorkspace> GetWorkspaceAsync(AstroCall call, string idOrName);

    /// <summary>Makes a workspace; the settings must name it.</summary>
    /// <exception cref="AstroException">The settings cannot be right, or Astro refused.</exception>
    Task<AstroWorkspace> CreateWorkspaceAsync(AstroCall call, WorkspaceSettings settings);

    /// <summary>Changes what the settings name and nothing else.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="read">The workspace as it was read; one that has changed since is not written over.</param>
    /// <param name="settings">What is to be different; null leaves a setting as it is.</param>
    /// <exception cref="AstroException">The settings cannot be right, somebody changed it meanwhile, it was not found, or Astro refused.</exception>
    Task<AstroWorkspace> UpdateWorkspaceAsync(AstroCall call, AstroWorkspace read, WorkspaceSettings settings);

    /// <summary>Removes a workspace for good.</summary>
    /// <exception cref="AstroException">It was not there, or Astro refused.</exception>
    Task DeleteWorkspaceAsync(AstroCall call, string id);

    /// <summary>Gives what a deployment can be made of.</summary>
    /// <exception cref="AstroException">A deployment was not found, or Astro refused.</exception>
    Task<AstroDeploymentOption> GetDeploymentOptionsAsync(AstroCall call, DeploymentOptionQuery query);
}
