using System.Collections.Immutable;

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

/// <summary>All workspaces, in the order of their creation; a reader keeps the list it began with.</summary>
internal sealed class WorkspaceStore(IEnumerable<Workspace> workspaces) : IRemembering
{
    private readonly Lock _gate = new();
    private ImmutableList<Workspace> _all = [.. workspaces];

    public IReadOnlyList<Workspace> All => Volatile.Read(ref _all);

    public void Add(Workspace workspace)
    {
        lock (_gate)
            _all = _all.Add(workspace);
    }

    /// <summary>Changes a workspace; null when it has been deleted meanwhile.</summary>
    public Workspace? Change(string id, Func<Workspace, Workspace> change)
    {
        lock (_gate)
        {
            var index = _all.FindIndex(w => w.Id == id);
            if (index < 0)
                return null;
            var changed = change(_all[index]);
            _all = _all.SetItem(index, changed);
            return changed;
        }
    }

    public bool Delete(string id)
    {
        lock (_gate)
        {
            var before = _all.Count;
            _all = _all.RemoveAll(w => w.Id == id);
            return _all.Count < before;
        }
    }

    public Action Remember()
    {
        var kept = Volatile.Read(ref _all);
        return () =>
        {
            lock (_gate)
                _all = kept;
        };
    }
}
