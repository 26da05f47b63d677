namespace AstroAuth.Emulator.Store;

/// <summary>All deploys, in the order of their creation.</summary>
internal sealed class DeployStore : IRemembering
{
    private readonly Lock _gate = new();
    private OrderedDictionary<string, Deploy> _deploys = [];

    public void Add(Deploy deploy)
    {
        lock (_gate)
            _deploys.Add(deploy.Id, deploy);
    }

    public Deploy? Find(string deploymentId, string id)
    {
        lock (_gate)
            return _deploys.TryGetValue(id, out var deploy) && deploy.DeploymentId == deploymentId ? deploy : null;
    }

    /// <summary>The deploys of one deployment, the newest first.</summary>
    public List<Deploy> Of(string deploymentId)
    {
        lock (_gate)
            return [.. _deploys.Values.Where(d => d.DeploymentId == deploymentId).Reverse()];
    }

    /// <summary>Changes a deploy; what the change refuses stays as it was.</summary>
    public Deploy Change(string id, Func<Deploy, Deploy> change)
    {
        lock (_gate)
            return _deploys[id] = change(_deploys[id]);
    }

    public Action Remember()
    {
        lock (_gate)
        {
            OrderedDictionary<string, Deploy> kept = new(_deploys);
            return () =>
            {
                lock (_gate)
                    _deploys = new(kept);
            };
        }
    }
}
