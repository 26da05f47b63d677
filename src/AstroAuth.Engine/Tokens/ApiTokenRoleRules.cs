using System.Collections.Generic;
using System.Linq;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>
/// Puts one role into a token's set or takes one out, by the rules Astro has for the whole set (wire contract 4.1): one
/// role on what owns the token, none above its scope, a deployment's role below each DAG's, one role on each entity.
/// </summary>
internal static class ApiTokenRoleRules
{
    /// <exception cref="AstroException">RoleAboveScope, SecondOwnRole, TokenHasOtherRole or DagRoleNeedsDeploymentRole.</exception>
    internal static List<ApiTokenRoleAnswer> Add(ApiTokenAnswer token, ApiTokenRoleAnswer role, bool replace)
    {
        if (Level(role) < Level(token.Scope))
            throw Refused(token, nameof(Strings.RoleAboveScope), Strings.Format(Strings.RoleAboveScope, token.Name, token.Scope, Say(role)));
        var roles = Of(token);
        var there = roles.FindIndex(r => IsOnSame(r, role));
        if (there >= 0)
        {
            if (roles[there].Role != role.Role && !replace)
                throw Refused(token, nameof(Strings.TokenHasOtherRole), Strings.Format(Strings.TokenHasOtherRole, token.Name, roles[there].Role, Say(role), role.Role), AstroErrorCategory.ResourceExists);
            roles[there] = role;
            return roles;
        }

        if (role.EntityType == token.Scope)
        {
            var own = roles.Find(r => r.EntityType == token.Scope);
            throw Refused(token, nameof(Strings.SecondOwnRole), Strings.Format(
                Strings.SecondOwnRole, token.Name, own is null ? "another place" : Say(own), token.Scope.ToLowerInvariant()));
        }

        if (role.DeploymentId is { } deployment && !roles.Exists(r => r.EntityType == "DEPLOYMENT" && r.EntityId == deployment))
            throw Refused(token, nameof(Strings.DagRoleNeedsDeploymentRole), Strings.Format(Strings.DagRoleNeedsDeploymentRole, Say(role), deployment, token.Name, token.Id));
        roles.Add(role);
        return roles;
    }

    /// <exception cref="AstroException">TokenRoleNotFound, OwnRoleStays or DagRolesRemain.</exception>
    internal static (List<ApiTokenRoleAnswer> Left, ApiTokenRoleAnswer Removed) Remove(ApiTokenAnswer token, ApiTokenRoleAnswer role)
    {
        var roles = Of(token);
        var there = roles.FindIndex(r => IsOnSame(r, role) && (role.Role.Length == 0 || r.Role == role.Role));
        if (there < 0)
        {
            throw Refused(token, nameof(Strings.TokenRoleNotFound), Strings.Format(
                Strings.TokenRoleNotFound,
                token.Name,
                role.Role.Length == 0 ? "no role" : $"no role {role.Role}",
                Say(role),
                string.Join(", ", roles.Select(r => $"{r.Role} on {Say(r)}"))), AstroErrorCategory.ObjectNotFound);
        }

        var removed = roles[there];
        if (removed.EntityType == token.Scope)
            throw Refused(token, nameof(Strings.OwnRoleStays), Strings.Format(Strings.OwnRoleStays, removed.Role, Say(removed), token.Name));
        var dags = removed.EntityType == "DEPLOYMENT" ? roles.FindAll(r => r.DeploymentId == removed.EntityId) : [];
        if (dags.Count > 0)
            throw Refused(token, nameof(Strings.DagRolesRemain), Strings.Format(
                Strings.DagRolesRemain, token.Name, removed.EntityId, string.Join(", ", dags.Select(Say))));
        roles.RemoveAt(there);
        return (roles, removed);
    }

    private static List<ApiTokenRoleAnswer> Of(ApiTokenAnswer token) => [.. token.Roles ?? []];

    private static bool IsOnSame(ApiTokenRoleAnswer one, ApiTokenRoleAnswer other) =>
        one.EntityType == other.EntityType && one.EntityId == other.EntityId && (one.DeploymentId ?? "") == (other.DeploymentId ?? "");

    private static int Level(ApiTokenRoleAnswer role) => Level(role.EntityType);

    private static int Level(string type) => type switch { "ORGANIZATION" => 0, "WORKSPACE" => 1, "DEPLOYMENT" => 2, _ => 3 };

    private static string Say(ApiTokenRoleAnswer role) => role.EntityType switch
    {
        "DAG" => $"DAG '{role.EntityId}'",
        "DAG_TAG" => $"DAG tag '{role.EntityId}'",
        _ => $"{role.EntityType.ToLowerInvariant()} {role.EntityId}",
    };

    private static AstroException Refused(
        ApiTokenAnswer token, string errorId, string message, AstroErrorCategory category = AstroErrorCategory.InvalidOperation) =>
        new(errorId, message, category, token.Id);
}
