using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>Roles in Astro: built-in ones, templates, and the custom roles of an organization.</summary>
public interface IAstroRoles
{
    /// <summary>Gives the roles that a query wants, with their permissions: built-in ones, then custom ones, then templates.</summary>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task<IReadOnlyList<AstroRole>> ListRolesAsync(AstroCall call, RoleQuery query);

    /// <summary>Makes a custom role.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="creation">What it is to be.</param>
    /// <param name="confirm">Gets the role as it would be and says whether to go on.</param>
    /// <returns>The role, or null when it was not to be made.</returns>
    /// <exception cref="AstroException">Astro does not offer a permission or a preset, there is such a role, or Astro refused.</exception>
    Task<AstroRole?> CreateRoleAsync(AstroCall call, RoleCreation creation, Func<AstroRole, Task<bool>> confirm);

    /// <summary>Changes a custom role.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="update">What is to change.</param>
    /// <param name="confirm">Gets the role as it is and as it would be and says whether to go on; not asked when nothing would change.</param>
    /// <returns>The role as it is now.</returns>
    /// <exception cref="AstroException">There is no such custom role, a permission is not offered, or Astro refused.</exception>
    Task<AstroRole> UpdateRoleAsync(AstroCall call, RoleUpdate update, Func<AstroRole, AstroRole, Task<bool>> confirm);

    /// <summary>Removes a custom role for good.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="role">Its id or exact name.</param>
    /// <param name="confirm">Gets the role and says whether to go on.</param>
    /// <exception cref="AstroException">There is no such custom role, or Astro refused, for example because it is in use.</exception>
    Task DeleteRoleAsync(AstroCall call, string role, Func<AstroRole, Task<bool>> confirm);
}

/// <summary>Which roles are wanted; null means any.</summary>
public sealed record RoleQuery
{
    /// <summary>ORGANIZATION, WORKSPACE, DEPLOYMENT or DAG.</summary>
    public string? Scope { get; init; }

    /// <summary>BuiltIn, Custom or Template.</summary>
    public string? Kind { get; init; }

    /// <summary>Says whether a name is wanted; null for any name.</summary>
    public Func<string, bool>? NameMatches { get; init; }
}

/// <summary>A custom role that is to be made.</summary>
public sealed record RoleCreation
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>DEPLOYMENT or DAG.</summary>
    public required string Scope { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it permits, besides the preset.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>DagDeploy, AirflowTrigger or ReadOnly, or null.</summary>
    public string? Preset { get; init; }

    /// <summary>The only workspaces it can be held in, by id or exact name; empty for all.</summary>
    public IReadOnlyList<string> Workspaces { get; init; } = [];
}

/// <summary>What of a custom role is to change; null leaves it as it is.</summary>
public sealed record RoleUpdate
{
    /// <summary>The role's id or exact name.</summary>
    public required string Role { get; init; }

    /// <summary>Its new name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Its new description, empty to clear it, or null.</summary>
    public string? Description { get; init; }

    /// <summary>What it is to permit in place of what it does, or null.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>What it is to permit besides.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>What it is to permit no longer.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>The only workspaces it can be held in, by id or exact name; empty for all; null to leave it.</summary>
    public IReadOnlyList<string>? Workspaces { get; init; }
}
