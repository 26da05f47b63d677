using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Tokens;

/// <summary>Which roles a token can carry.</summary>
internal static class RoleRules
{
    public static bool IsRole(AstroDirectory directory, string organizationId, string entityType, string role)
    {
        var scope = entityType == "DAG_TAG" ? "DAG" : entityType;
        return RoleCatalog.Default(scope, role) is not null || directory.CustomRole(organizationId, role)?.ScopeType == scope;
    }

    public static void RequireEntity(AstroDirectory directory, string organizationId, RoleEntry entry)
    {
        if (entry.EntityType == "ORGANIZATION" && entry.EntityId != organizationId)
            throw ApiProblem.NotFound("Organization");
        if (entry.EntityType == "WORKSPACE" && directory.Workspace(organizationId, entry.EntityId) is null)
            throw ApiProblem.NotFound("Workspace");
        if (entry.EntityType == "DEPLOYMENT" && directory.Deployment(organizationId, entry.EntityId) is null)
            throw ApiProblem.NotFound("Deployment");
    }

    /// <summary>The rules for a whole set of roles on a token of one scope.</summary>
    public static void Check(RequestBody body, AstroDirectory directory, ApiToken token, IReadOnlyList<RoleEntry> roles)
    {
        if (roles.Count == 0)
        {
            body.Refuse("min", "roles", "roles must have at least one entry");
            return;
        }

        var own = roles.Where(r => r.EntityType == token.Scope).ToList();
        if (own.Count != 1 || own[0].EntityId != token.OwnerId)
            body.Refuse("invalid", "roles", $"exactly one role must be the token's own, on its {token.Scope}");
        foreach (var (index, role) in roles.Index())
        {
            var field = $"roles[{index}]";
            if (token.Scope == "WORKSPACE" && role.EntityType == "ORGANIZATION"
                || token.Scope == "DEPLOYMENT" && role.EntityType is "ORGANIZATION" or "WORKSPACE")
                body.Refuse("invalid", field + ".entityType", $"a {token.Scope} token cannot carry a role on a {role.EntityType}");
            if (!IsRole(directory, token.OrganizationId, role.EntityType, role.Role))
                body.Refuse("invalid", field + ".role", $"'{role.Role}' is not a role of {role.EntityType}");
            CheckRestriction(body, directory, token.OrganizationId, role, field + ".role");
            CheckDag(body, roles, role, field);
        }

        if (roles.GroupBy(r => (r.EntityType, r.EntityId, r.DeploymentId)).Any(g => g.Count() > 1))
            body.Refuse("unique", "roles", "an entity may be named once only");
    }

    /// <summary>A custom role that is kept to some workspaces can be held in their deployments only.</summary>
    public static void CheckRestriction(RequestBody body, AstroDirectory directory, string organizationId, RoleEntry entry, string field)
    {
        var deployment = directory.Deployment(organizationId, entry.DeploymentId ?? entry.EntityId);
        if (deployment is not null && directory.CustomRole(organizationId, entry.Role)?.AppliesIn(deployment.WorkspaceId) == false)
            body.Refuse("invalid", field, $"'{entry.Role}' is restricted to other Workspaces");
    }

    private static void CheckDag(RequestBody body, IReadOnlyList<RoleEntry> roles, RoleEntry role, string field)
    {
        if (role.EntityType is "DAG" or "DAG_TAG")
        {
            if (string.IsNullOrEmpty(role.DeploymentId))
                body.Refuse("required", field + ".deploymentId", "a role on a DAG needs its deploymentId");
            else if (!roles.Any(r => r.EntityType == "DEPLOYMENT" && r.EntityId == role.DeploymentId))
                body.Refuse("invalid", field + ".deploymentId", "a role on a DAG needs a role on the same Deployment too");
        }
        else if (role.DeploymentId is not null)
        {
            body.Refuse("excluded", field + ".deploymentId", "deploymentId belongs to roles on a DAG or a DAG tag only");
        }
    }
}
