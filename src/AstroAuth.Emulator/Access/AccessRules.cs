using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Access;

/// <summary>What a caller may do, read from the permissions of its roles.</summary>
internal sealed class AccessRules(AstroDirectory directory)
{
    public static bool IsOrganizationOwner(Caller caller) =>
        caller.Roles.Any(r => r is { EntityType: "ORGANIZATION", Role: "ORGANIZATION_OWNER" });

    public static bool OnWorkspace(Caller caller, string workspaceId, string permission) =>
        IsOrganizationOwner(caller)
        || caller.Roles.Any(r => r.EntityType == "WORKSPACE" && r.EntityId == workspaceId && Grants("WORKSPACE", r.Role, permission));

    public bool OnDeployment(Caller caller, Deployment deployment, string permission) =>
        OnWorkspace(caller, deployment.WorkspaceId, permission)
        || caller.Roles.Any(r => r.EntityType == "DEPLOYMENT" && r.EntityId == deployment.Id
            && (Grants("DEPLOYMENT", r.Role, permission)
                || (directory.CustomRole(deployment.OrganizationId, r.Role) is { ScopeType: "DEPLOYMENT" } custom
                    && custom.AppliesIn(deployment.WorkspaceId) && custom.Permissions.Contains(permission))));

    /// <summary>A role on a deployment opens its workspace's door, as Workspace Accessor does.</summary>
    public bool SeesWorkspace(Caller caller, Workspace workspace) =>
        OnWorkspace(caller, workspace.Id, "workspace.get")
        || directory.Deployments.Any(d => d.WorkspaceId == workspace.Id && HoldsRoleOn(caller, d));

    public bool SeesDeployment(Caller caller, Deployment deployment) =>
        OnDeployment(caller, deployment, "deployment.get") || HoldsRoleOn(caller, deployment);

    /// <summary>Whether the caller may do something with the API tokens that one entity owns.</summary>
    public bool OnTokensOf(Caller caller, string scope, string entityId, string action) => scope switch
    {
        "ORGANIZATION" => IsOrganizationOwner(caller),
        "WORKSPACE" => OnWorkspace(caller, entityId, "workspace.apiTokens." + action),
        _ => directory.Deployment(caller.OrganizationId, entityId) is { } deployment
            && OnDeployment(caller, deployment, "deployment.apiTokens." + action),
    };

    /// <summary>Nobody hands out a workspace role that contains more than its own.</summary>
    public static bool MayGrantWorkspaceRole(Caller caller, string workspaceId, string role) =>
        RoleCatalog.Default("WORKSPACE", role)!.Permissions.All(p => OnWorkspace(caller, workspaceId, p));

    private static bool HoldsRoleOn(Caller caller, Deployment deployment) => caller.Roles.Any(r =>
        (r.EntityType == "DEPLOYMENT" && r.EntityId == deployment.Id) || r.DeploymentId == deployment.Id);

    private static bool Grants(string scope, string role, string permission) =>
        RoleCatalog.Default(scope, role)?.Permissions.Contains(permission) == true;
}
