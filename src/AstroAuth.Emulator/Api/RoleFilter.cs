using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>The filters that lists of users and of tokens share: who holds a role on what.</summary>
internal static class RoleFilter
{
    public static bool Matches(
        IReadOnlyList<RoleEntry> roles, string? workspaceId, string? deploymentId, string? dagId, IReadOnlyList<string> dagTags) =>
        (workspaceId is null || Holds(roles, "WORKSPACE", workspaceId))
        && (deploymentId is null || Holds(roles, "DEPLOYMENT", deploymentId) || roles.Any(r => r.DeploymentId == deploymentId))
        && (dagId is null || Holds(roles, "DAG", dagId))
        && (dagTags.Count == 0 || roles.Any(r => r.EntityType == "DAG_TAG" && dagTags.Contains(r.EntityId)));

    private static bool Holds(IReadOnlyList<RoleEntry> roles, string type, string id)
    {
        foreach (var role in roles)
        {
            if (role.EntityType == type && role.EntityId == id)
                return true;
        }

        return false;
    }
}
