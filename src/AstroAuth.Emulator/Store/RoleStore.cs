namespace AstroAuth.Emulator.Store;

/// <summary>A role that the organization made itself; tokens and people hold it by its name.</summary>
internal sealed record CustomRole(
    string Id, string OrganizationId, string Name, string Description, string ScopeType, IReadOnlyList<string> Permissions,
    IReadOnlyList<string> RestrictedWorkspaceIds, DateTimeOffset CreatedAt, Subject CreatedBy, DateTimeOffset UpdatedAt, Subject UpdatedBy)
{
    /// <summary>Whether it may be held in a workspace: everywhere, unless it is kept to some.</summary>
    public bool AppliesIn(string? workspaceId) =>
        RestrictedWorkspaceIds.Count == 0 || (workspaceId is not null && RestrictedWorkspaceIds.Contains(workspaceId));
}

/// <summary>All custom roles, in the order they were made.</summary>
internal sealed class RoleStore(IEnumerable<CustomRole> seed) : IRemembering
{
    private readonly Lock _gate = new();
    private readonly List<CustomRole> _roles = [.. seed];

    public List<CustomRole> Of(string organizationId)
    {
        lock (_gate)
            return _roles.FindAll(r => r.OrganizationId == organizationId);
    }

    public CustomRole? Find(string organizationId, string id) => Of(organizationId).Find(r => r.Id == id);

    public CustomRole? Named(string organizationId, string name) => Of(organizationId).Find(r => r.Name == name);

    /// <summary>Adds a role, or says no when its name is taken.</summary>
    public bool TryAdd(CustomRole role)
    {
        lock (_gate)
        {
            if (IsTaken(role))
                return false;
            _roles.Add(role);
            return true;
        }
    }

    /// <summary>Puts a role in the place of its former self, or says no when it is gone or its name is taken.</summary>
    public bool TryReplace(CustomRole role)
    {
        lock (_gate)
        {
            var index = _roles.FindIndex(r => r.Id == role.Id);
            if (index < 0 || IsTaken(role))
                return false;
            _roles[index] = role;
            return true;
        }
    }

    public void Remove(string id)
    {
        lock (_gate)
            _roles.RemoveAll(r => r.Id == id);
    }

    public Action Remember()
    {
        lock (_gate)
        {
            var kept = _roles.ToList();
            return () =>
            {
                lock (_gate)
                {
                    _roles.Clear();
                    _roles.AddRange(kept);
                }
            };
        }
    }

    private bool IsTaken(CustomRole role) =>
        _roles.Exists(r => r.OrganizationId == role.OrganizationId && r.Name == role.Name && r.Id != role.Id);
}
