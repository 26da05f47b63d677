using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>Tokens of Remote Execution agents (wire contract 4.2). They belong to one deployment and cannot be changed once made.</summary>
public interface IAstroAgentTokens
{
    /// <summary>Gives one agent token by its id.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="deployment">The deployment by id or exact name; null for the connection's.</param>
    /// <param name="id">The id of the token.</param>
    /// <exception cref="AstroException">It was not found, or Astro refused.</exception>
    Task<AstroApiToken> GetAgentTokenAsync(AstroCall call, string? deployment, string id);

    /// <summary>Gives the agent tokens of a deployment, page by page.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="deployment">The deployment by id or exact name; null for the connection's.</param>
    /// <param name="nameMatches">Says whether a name is wanted; null for any name.</param>
    /// <param name="onPage">Gets each page; awaited before the next.</param>
    /// <exception cref="AstroException">The deployment was not found, or Astro refused.</exception>
    Task ListAgentTokensAsync(AstroCall call, string? deployment, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroApiToken>, Task> onPage);

    /// <summary>Finds the deployment a creation means and checks what Astro would refuse, without making anything.</summary>
    /// <exception cref="AstroException">It cannot be right, or names a deployment that is not there.</exception>
    Task<ApiTokenCreation> PlanAgentTokenAsync(AstroCall call, ApiTokenCreation creation);

    /// <summary>Makes an agent token and, where a vault is named, keeps its value there before it returns.</summary>
    /// <exception cref="AstroException">It was not made, or it was removed again because its value could not be kept.</exception>
    /// <exception cref="AstroTokenNotStoredException">The vault failed and the token could not be removed: the value is in the exception.</exception>
    Task<AstroIssuedApiToken> CreateAgentTokenAsync(AstroCall call, ApiTokenCreation creation, ISecretVault vault);

    /// <summary>Removes an agent token for good.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="deploymentId">The id of the deployment that owns it.</param>
    /// <param name="id">The id of the token.</param>
    /// <exception cref="AstroException">It was not there, or Astro refused.</exception>
    Task DeleteAgentTokenAsync(AstroCall call, string deploymentId, string id);
}
