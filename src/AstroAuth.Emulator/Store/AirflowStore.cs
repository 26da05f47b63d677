using System.IO;
using AstroAuth.Emulator.Hosting;

namespace AstroAuth.Emulator.Store;

/// <summary>The DAGs and runs of every deployment's Airflow. The DAGs are those of the bundle that runs: a file is a DAG.</summary>
internal sealed class AirflowStore(DeploymentLife life, BlobStore blobs, EmulatorSettings settings) : IRemembering
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Dag>> _dags = [];
    private readonly Dictionary<string, OrderedDictionary<(string DagId, string Id), DagRun>> _runs = [];
    private readonly Dictionary<string, IReadOnlyList<Dag>> _seeds = [];

    /// <summary>The DAGs of a deployment that nobody has deployed to in this run.</summary>
    public void Seed(string deploymentId, IReadOnlyList<Dag> dags)
    {
        lock (_gate)
            _seeds[deploymentId] = dags;
    }

    public List<Dag> Dags(Deployment deployment)
    {
        lock (_gate)
            return [.. Current(deployment).Values.OrderBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>Changes a DAG; null when it is not there. Who is let run starts the runs that waited for it.</summary>
    public Dag? Change(Deployment deployment, string dagId, Func<Dag, Dag> change)
    {
        lock (_gate)
        {
            var dags = Current(deployment);
            if (!dags.TryGetValue(dagId, out var dag))
                return null;
            var changed = dags[dagId] = change(dag);
            if (changed.IsPaused != dag.IsPaused)
                Hold(deployment, changed);
            return changed;
        }
    }

    /// <summary>The runs of one DAG, or of all, in the order of their creation.</summary>
    public List<DagRun> Runs(Deployment deployment, string? dagId)
    {
        lock (_gate)
            return [.. RunsOf(deployment).Values.Where(r => dagId is null || r.DagId == dagId)];
    }

    /// <summary>Adds a run of the time before the start.</summary>
    public void AddPast(string deploymentId, DagRun run)
    {
        lock (_gate)
            RunsOf(deploymentId).Add((run.DagId, run.Id), run);
    }

    /// <summary>Adds a run; null when the DAG has one with this id or this logical date.</summary>
    public DagRun? Add(Deployment deployment, Dag dag, DagRun run)
    {
        lock (_gate)
        {
            var runs = RunsOf(deployment);
            if (runs.Values.Any(r => r.DagId == dag.Id && (r.Id == run.Id || (run.LogicalDate is not null && r.LogicalDate == run.LogicalDate))))
                return null;
            run = run with
            {
                StartsAt = dag.IsPaused ? null : run.QueuedAt.AddSeconds(dag.QueuedSeconds ?? settings.RunQueuedSeconds),
                Length = TimeSpan.FromSeconds(dag.RunningSeconds ?? settings.RunRunningSeconds),
                Fails = dag.Fails,
            };
            runs.Add((dag.Id, run.Id), run);
            return run;
        }
    }

    public bool Remove(Deployment deployment, string dagId, string runId)
    {
        lock (_gate)
            return RunsOf(deployment).Remove((dagId, runId));
    }

    /// <summary>The DAGs go back to the seed, runs to those of now.</summary>
    public Action Remember()
    {
        lock (_gate)
        {
            var runs = _runs.Select(r => (r.Key, Runs: r.Value.ToList())).ToList();
            return () =>
            {
                lock (_gate)
                {
                    _dags.Clear();
                    _runs.Clear();
                    foreach (var (deployment, kept) in runs)
                        _runs[deployment] = new(kept);
                }
            };
        }
    }

    /// <summary>A paused DAG keeps the runs that have not started waiting; one that is let run starts them.</summary>
    private void Hold(Deployment deployment, Dag dag)
    {
        var runs = RunsOf(deployment);
        foreach (var run in runs.Values.Where(r => r.DagId == dag.Id && !(r.StartsAt <= life.Now)).ToList())
            runs[(run.DagId, run.Id)] = run with
            {
                StartsAt = dag.IsPaused ? null : life.Now.AddSeconds(dag.QueuedSeconds ?? settings.RunQueuedSeconds),
            };
    }

    private OrderedDictionary<(string DagId, string Id), DagRun> RunsOf(Deployment deployment) => RunsOf(deployment.Id);

    private OrderedDictionary<(string DagId, string Id), DagRun> RunsOf(string deploymentId)
    {
        if (!_runs.TryGetValue(deploymentId, out var runs))
            _runs[deploymentId] = runs = [];
        return runs;
    }

    /// <summary>What is in the bundle that runs now; a DAG that was there before is still as it was left.</summary>
    private Dictionary<string, Dag> Current(Deployment deployment)
    {
        if (!_dags.TryGetValue(deployment.Id, out var known))
            _dags[deployment.Id] = known = [];
        var found = life.RunningDags(deployment) is not { } version ? []
            : blobs.Find(BlobPath.OfDags(deployment), version) is { } blob ? Found(blob.Content)
            : _seeds.GetValueOrDefault(deployment.Id) ?? [];
        foreach (var dag in found)
            known.TryAdd(dag.Id, dag);
        foreach (var gone in known.Keys.Except(found.Select(d => d.Id)).ToList())
            known.Remove(gone);
        return known;
    }

    /// <summary>Each Python file is a DAG with the file's name, except those that Python keeps for itself.</summary>
    private static List<Dag> Found(BundleContent content) =>
        [.. content.Entries
            .Where(e => e.Kind == "file" && e.Name.EndsWith(".py", StringComparison.Ordinal)
                && !Path.GetFileName(e.Name).StartsWith("__", StringComparison.Ordinal))
            .Select(e => new Dag { Id = Path.GetFileNameWithoutExtension(e.Name), FilePath = e.Name })
            .DistinctBy(d => d.Id)];
}
