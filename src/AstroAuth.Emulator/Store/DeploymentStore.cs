using System.Collections.Immutable;

namespace AstroAuth.Emulator.Store;

/// <summary>All deployments, in the order of their creation; a reader keeps the list it began with.</summary>
internal sealed class DeploymentStore(IEnumerable<Deployment> deployments) : IRemembering
{
    private readonly Lock _gate = new();
    private ImmutableList<Deployment> _all = [.. deployments];

    public IReadOnlyList<Deployment> All => Volatile.Read(ref _all);

    public Deployment? Find(string organizationId, string id) =>
        Volatile.Read(ref _all).Find(d => d.Id == id && d.OrganizationId == organizationId);

    public void Add(Deployment deployment)
    {
        lock (_gate)
            _all = _all.Add(deployment);
    }

    /// <summary>Changes a deployment; null when it has been deleted meanwhile.</summary>
    public Deployment? Change(string id, Func<Deployment, Deployment> change)
    {
        lock (_gate)
        {
            var index = _all.FindIndex(d => d.Id == id);
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
            _all = _all.RemoveAll(d => d.Id == id);
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
