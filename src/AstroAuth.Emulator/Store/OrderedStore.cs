using System.Collections.Immutable;

namespace AstroAuth.Emulator.Store;

/// <summary>All things of one kind, in the order of their creation; a reader keeps the list it began with.</summary>
internal abstract class OrderedStore<T>(IEnumerable<T> seed) : IRemembering
    where T : class
{
    private readonly Lock _gate = new();
    private ImmutableList<T> _all = [.. seed];

    public ImmutableList<T> All => Volatile.Read(ref _all);

    public void Add(T one)
    {
        lock (_gate)
            _all = _all.Add(one);
    }

    /// <summary>Changes one; null when it has been deleted meanwhile.</summary>
    public T? Change(string id, Func<T, T> change)
    {
        lock (_gate)
        {
            var index = _all.FindIndex(one => IdOf(one) == id);
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
            _all = _all.RemoveAll(one => IdOf(one) == id);
            return _all.Count < before;
        }
    }

    public Action Remember()
    {
        var kept = All;
        return () =>
        {
            lock (_gate)
                _all = kept;
        };
    }

    protected abstract string IdOf(T one);
}
