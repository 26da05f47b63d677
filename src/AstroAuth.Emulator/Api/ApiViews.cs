using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>An API token as the API shows it; the value only at create and rotate.</summary>
internal sealed record ApiTokenView(
    string Id, string Name, string Description, string ShortToken, string Scope, string Kind, DateTimeOffset StartAt,
    DateTimeOffset? EndAt, int? ExpiryPeriodInDays, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? LastRotatedAt, IReadOnlyList<RoleEntry>? Roles, Subject CreatedBy, Subject? UpdatedBy, string? Token)
{
    public static ApiTokenView Of(ApiToken t, string? value = null) => new(
        t.Id, t.Name, t.Description, t.ShortToken, t.Scope, t.Kind, t.StartAt, t.EndAt, t.ExpiryPeriodInDays, t.CreatedAt,
        t.UpdatedAt, t.LastUsedAt, t.LastRotatedAt, t.IsAgent ? null : t.Roles, t.CreatedBy, t.UpdatedBy, value);
}

/// <summary>A page of API tokens.</summary>
internal sealed record ApiTokensPage(IReadOnlyList<ApiTokenView> Tokens, int Limit, int Offset, int TotalCount);

/// <summary>Roles in the form that updates answer with.</summary>
internal sealed record SubjectRoles(
    string? OrganizationRole, IReadOnlyList<WorkspaceRole>? WorkspaceRoles, IReadOnlyList<DeploymentRole>? DeploymentRoles,
    IReadOnlyList<DagRole>? DagRoles)
{
    public static SubjectRoles Of(IReadOnlyList<RoleEntry> roles) => new(
        roles.FirstOrDefault(r => r.EntityType == "ORGANIZATION")?.Role,
        OrNull(roles.Where(r => r.EntityType == "WORKSPACE").Select(r => new WorkspaceRole(r.EntityId, r.Role))),
        OrNull(roles.Where(r => r.EntityType == "DEPLOYMENT").Select(r => new DeploymentRole(r.EntityId, r.Role))),
        OrNull(roles.Where(r => r.EntityType is "DAG" or "DAG_TAG").Select(r => new DagRole(
            r.DeploymentId!, r.Role, r.EntityType == "DAG" ? r.EntityId : null, r.EntityType == "DAG_TAG" ? r.EntityId : null))));

    private static List<T>? OrNull<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}

/// <summary>A role on a workspace.</summary>
internal sealed record WorkspaceRole(string WorkspaceId, string Role);

/// <summary>A role on a deployment.</summary>
internal sealed record DeploymentRole(string DeploymentId, string Role);

/// <summary>A role on a DAG, or on all DAGs with a tag.</summary>
internal sealed record DagRole(string DeploymentId, string Role, string? DagId, string? DagTag);

/// <summary>A plan of an organization.</summary>
internal sealed record ProductPlanView(string AstronomerProduct, string OrganizationId, string ProductPlanId, string ProductPlanName);

/// <summary>An organization as the API shows it.</summary>
internal sealed record OrganizationView(
    string Id, string Name, string Product, string Status, IReadOnlyList<ProductPlanView> ProductPlans, bool AllowEnhancedSupportAccess,
    bool HasAllowedIpAddressRanges, bool IsBlockedEnableAiFeatures, bool IsScimEnabled, bool ShouldEnforceDedicatedClusters,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, Subject CreatedBy, Subject UpdatedBy)
{
    public static OrganizationView Of(Organization o) => new(
        o.Id, o.Name, "HOSTED", "ACTIVE", [new("ASTRO", o.Id, Cuid.Stable("plan/" + o.Id), "TEAM_V2")], false, false, false, false,
        false, o.CreatedAt, o.CreatedAt, o.CreatedBy, o.CreatedBy);
}

/// <summary>A page of organizations.</summary>
internal sealed record OrganizationsPage(IReadOnlyList<OrganizationView> Organizations, int Limit, int Offset, int TotalCount);

/// <summary>A workspace as the API shows it.</summary>
internal sealed record WorkspaceView(
    string Id, string OrganizationId, string OrganizationName, string Name, string Description, bool CicdEnforcedDefault,
    string? DefaultClusterId, string? DefaultCloudProvider, string? DefaultRegion, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    Subject CreatedBy, Subject UpdatedBy)
{
    public static WorkspaceView Of(Workspace w, Organization organization) => new(
        w.Id, w.OrganizationId, organization.Name, w.Name, w.Description, w.CicdEnforcedDefault, w.DefaultClusterId, w.DefaultCloudProvider,
        w.DefaultRegion, w.CreatedAt, w.UpdatedAt, w.CreatedBy, w.UpdatedBy);
}

/// <summary>A page of workspaces.</summary>
internal sealed record WorkspacesPage(IReadOnlyList<WorkspaceView> Workspaces, int Limit, int Offset, int TotalCount);

/// <summary>A user as the API shows it.</summary>
internal sealed record UserView(
    string Id, string Username, string FullName, string Status, string AvatarUrl, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    string? OrganizationRole, IReadOnlyList<WorkspaceRole>? WorkspaceRoles, IReadOnlyList<DeploymentRole>? DeploymentRoles,
    IReadOnlyList<DagRole>? DagRoles)
{
    public static UserView Of(User u)
    {
        var roles = SubjectRoles.Of(u.Roles);
        return new(u.Id, u.Email, u.FullName, u.Status, u.AvatarUrl, u.CreatedAt, u.CreatedAt,
            roles.OrganizationRole, roles.WorkspaceRoles, roles.DeploymentRoles, roles.DagRoles);
    }
}

/// <summary>A page of users.</summary>
internal sealed record UsersPage(IReadOnlyList<UserView> Users, int Limit, int Offset, int TotalCount);

/// <summary>The scope of a role of the signed-in user.</summary>
internal sealed record SelfRoleScope(string Type, string EntityId, string? DeploymentId);

/// <summary>A role of the signed-in user.</summary>
internal sealed record SelfRole(string Role, SelfRoleScope Scope);

/// <summary>An invitation of the signed-in user; Astro does not say here who made it, nor the organization's name.</summary>
internal sealed record SelfInvite(string InviteId, string OrganizationId, DateTimeOffset ExpiresAt);

/// <summary>The signed-in user.</summary>
internal sealed record SelfView(
    string Id, string Username, string FullName, string Status, string AvatarUrl, string? OrganizationId, IReadOnlyList<SelfRole> Roles,
    IReadOnlyList<SelfInvite>? Invites, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A custom role; its permissions only where the API shows them.</summary>
internal sealed record RoleView(
    string Id, string Name, string Description, string ScopeType, IReadOnlyList<string> RestrictedWorkspaceIds,
    IReadOnlyList<string>? Permissions, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, Subject CreatedBy, Subject UpdatedBy);

/// <summary>A page of roles.</summary>
internal sealed record RolesPage(
    IReadOnlyList<RoleView> Roles, IReadOnlyList<RoleDefinition>? DefaultRoles, int Limit, int Offset, int TotalCount);
