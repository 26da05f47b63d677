using System;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>Changes of API tokens that are there. Each reads the token, checks, asks whether to go on, and then reads again and writes.</summary>
public interface IAstroApiTokenChanges
{
    /// <summary>Changes name or description; a note of AstroAuth's about unfinished work stays in the description.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="update">What is to change.</param>
    /// <param name="confirm">Gets the token as it is and says whether to go on; not asked when nothing would change.</param>
    /// <returns>The token as it is now.</returns>
    /// <exception cref="AstroException">What is wanted cannot be right, or Astro refused.</exception>
    Task<AstroApiToken> UpdateApiTokenAsync(AstroCall call, ApiTokenUpdate update, Func<AstroApiToken, Task<bool>> confirm);

    /// <summary>Adds, replaces or removes one role and keeps every other.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="change">Which role on what.</param>
    /// <param name="confirm">Gets the token as it is and the role concerned, and says whether to go on; not asked when nothing would change.</param>
    /// <returns>The token as it is now.</returns>
    /// <exception cref="AstroException">The role rules of Astro forbid it (wire contract 4.1), a place was not found, or Astro refused.</exception>
    Task<AstroApiToken> ChangeApiTokenRolesAsync(AstroCall call, ApiTokenRoleChange change, Func<AstroApiToken, AstroTokenRole, Task<bool>> confirm);
}

/// <summary>What of an API token is to change; null leaves it as it is.</summary>
public sealed record ApiTokenUpdate
{
    /// <summary>The id of the token.</summary>
    public required string Id { get; init; }

    /// <summary>The new name, 1 to 256 characters, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The new description, empty to clear it, or null.</summary>
    public string? Description { get; init; }
}

/// <summary>One role of an API token that is to come or go.</summary>
public sealed record ApiTokenRoleChange
{
    /// <summary>The id of the token.</summary>
    public required string Id { get; init; }

    /// <summary>The role; null for a removal whatever the role is.</summary>
    public string? Role { get; init; }

    /// <summary>The workspace by id or exact name; with a deployment, where to look for that.</summary>
    public string? Workspace { get; init; }

    /// <summary>The deployment by id or exact name, or null.</summary>
    public string? Deployment { get; init; }

    /// <summary>The DAG's id, or null.</summary>
    public string? DagId { get; init; }

    /// <summary>The tag of DAGs, or null.</summary>
    public string? DagTag { get; init; }

    /// <summary>Take the role away instead of adding it.</summary>
    public bool Remove { get; init; }

    /// <summary>Put the role in the place of another on the same entity.</summary>
    public bool Replace { get; init; }
}
