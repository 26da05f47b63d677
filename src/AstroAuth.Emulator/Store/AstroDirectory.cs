namespace AstroAuth.Emulator.Store;

/// <summary>Who did something, in the short form that Astro puts on its objects.</summary>
internal sealed record Subject(
    string Id, string SubjectType, string? Username = null, string? FullName = null, string? ApiTokenName = null, string? AvatarUrl = null);

/// <summary>One role held on one entity.</summary>
internal sealed record RoleEntry(string EntityType, string EntityId, string Role, string? DeploymentId = null);

/// <summary>An organization and its id at the login provider.</summary>
internal sealed record Organization(string Id, string AuthId, string Name, DateTimeOffset CreatedAt, Subject CreatedBy);

/// <summary>An invitation to an organization that nobody has answered.</summary>
internal sealed record Invitation(string Id, string OrganizationId, DateTimeOffset ExpiresAt);

/// <summary>A person, with the password of the login page; without an organization as long as they have only been invited.</summary>
internal sealed record User(
    string Id, string LoginId, string Email, string FullName, string Password, string Status, string OrganizationId,
    IReadOnlyList<RoleEntry> Roles, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<Invitation> Invitations { get; init; } = [];
    public string AvatarUrl => $"https://avatars.example/{Id}.png";
    public Subject Profile => new(Id, "USER", Email, FullName, AvatarUrl: AvatarUrl);
}

/// <summary>A key pair of the time before API tokens.</summary>
internal sealed record LegacyKey(string Id, string Secret, string DeploymentId);

/// <summary>The organizations with their workspaces, deployments, people and custom roles, and the key.</summary>
internal sealed class AstroDirectory(
    IReadOnlyList<Organization> organizations, IReadOnlyList<Workspace> workspaces, IReadOnlyList<Deployment> deployments,
    IReadOnlyList<User> users, RoleStore roles, LegacyKey legacyKey) : IRemembering
{
    public IReadOnlyList<Organization> Organizations { get; } = organizations;
    public WorkspaceStore WorkspaceStore { get; } = new(workspaces);
    public IReadOnlyList<Workspace> Workspaces => WorkspaceStore.All;
    public DeploymentStore DeploymentStore { get; } = new(deployments);
    public IReadOnlyList<Deployment> Deployments => DeploymentStore.All;
    public IReadOnlyList<User> Users { get; private set; } = users;
    public RoleStore Roles { get; } = roles;
    public LegacyKey LegacyKey { get; } = legacyKey;
    public IReadOnlyList<Cluster> Clusters { get; init; } = [];

    public Organization Home => Organizations[0];

    public Organization? Organization(string id) => Organizations.FirstOrDefault(o => o.Id == id);
    public Workspace? Workspace(string organizationId, string id) =>
        Workspaces.FirstOrDefault(w => w.Id == id && w.OrganizationId == organizationId);
    public Deployment? Deployment(string organizationId, string id) =>
        DeploymentStore.Find(organizationId, id);
    public Cluster? Cluster(string organizationId, string? id) =>
        Clusters.FirstOrDefault(c => c.Id == id && c.OrganizationId == organizationId);
    public User? UserByEmail(string email) =>
        Users.FirstOrDefault(u => string.Equals(u.Email, email, StringComparison.OrdinalIgnoreCase));
    public User? UserByLogin(string loginId) => Users.FirstOrDefault(u => u.LoginId == loginId);
    public CustomRole? CustomRole(string organizationId, string name) => Roles.Named(organizationId, name);

    /// <summary>People hold a custom role by its name, so that a new name goes to them too.</summary>
    public void RenameRole(string organizationId, string from, string to) => Users =
    [
        .. Users.Select(u => u.OrganizationId == organizationId
            ? u with { Roles = [.. u.Roles.Select(r => r.Role == from ? r with { Role = to } : r)] }
            : u),
    ];

    public Action Remember()
    {
        var users = Users;
        return WorkspaceStore.Remember() + DeploymentStore.Remember() + Roles.Remember() + (() => Users = users);
    }
}
