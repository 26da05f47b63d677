namespace AstroAuth.Emulator.Store;

/// <summary>A workspace.</summary>
internal sealed record Workspace(
    string Id, string OrganizationId, string Name, string Description, bool CicdEnforcedDefault, DateTimeOffset CreatedAt, Subject CreatedBy)
{
    public string? DefaultClusterId { get; init; }
    public string? DefaultCloudProvider { get; init; }
    public string? DefaultRegion { get; init; }
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;
    public Subject UpdatedBy { get; init; } = CreatedBy;
}

/// <summary>All workspaces.</summary>
internal sealed class WorkspaceStore(IEnumerable<Workspace> workspaces) : OrderedStore<Workspace>(workspaces)
{
    protected override string IdOf(Workspace one) => one.Id;
}
