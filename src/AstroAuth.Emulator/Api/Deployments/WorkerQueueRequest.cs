using System.Text.RegularExpressions;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>A worker queue as it is sent; with an id it is one that is there already.</summary>
internal sealed partial record WorkerQueueRequest(
    string? Id, string Name, bool IsDefault, int MinWorkerCount, int MaxWorkerCount, int WorkerConcurrency, string? AstroMachine,
    string? NodePoolId, string? PodEphemeralStorage)
{
    private const int MostName = 63;

    public static WorkerQueueRequest Read(RequestBody body, bool isHybrid) => new(
        body.Text("id"), body.Text("name", required: true, max: MostName) ?? "", body.Flag("isDefault", required: true) ?? false,
        body.Required("minWorkerCount", 0), body.Required("maxWorkerCount", 1), body.Required("workerConcurrency", 1),
        isHybrid ? null : body.Choice("astroMachine", required: true, [.. RuntimeCatalog.Workers.Select(w => w.Name)]),
        isHybrid ? body.Text("nodePoolId", required: true) : null, isHybrid ? null : body.Text("podEphemeralStorage"));

    /// <summary>Checks queues against each other and against those that are there.</summary>
    public static void Check(
        RequestBody body, IReadOnlyList<WorkerQueueRequest> queues, IReadOnlyList<WorkerQueue> current, IReadOnlyList<NodePool> pools)
    {
        if (queues.Count(q => q.IsDefault) != 1 || !queues.Single(q => q.IsDefault).Name.Equals("default", StringComparison.Ordinal))
            body.Refuse("invalid", "workerQueues", "workerQueues must have exactly one default queue, and its name must be default");
        if (queues.DistinctBy(q => q.Name).Count() < queues.Count)
            body.Refuse("duplicate", "workerQueues", "each of the workerQueues must have a name of its own");
        foreach (var (index, queue) in queues.Index())
            queue.Check((field, message) => body.Refuse("invalid", $"workerQueues[{index}].{field}", message), current, pools);
    }

    /// <summary>The queue as it is kept; without an id it is a new one, whatever its name.</summary>
    public WorkerQueue ToQueue() => new(
        Id ?? Cuid.New(), Name, IsDefault, MinWorkerCount, MaxWorkerCount, WorkerConcurrency, AstroMachine, NodePoolId, PodEphemeralStorage);

    private void Check(Action<string, string> refuse, IReadOnlyList<WorkerQueue> current, IReadOnlyList<NodePool> pools)
    {
        if (!NameForm().IsMatch(Name))
            refuse("name", $"the queue name '{Name}' must consist of lowercase letters, digits and hyphens and begin with a letter");
        if (MinWorkerCount > MaxWorkerCount || MinWorkerCount > RuntimeCatalog.MostMinWorkers)
            refuse("minWorkerCount", $"minWorkerCount must be at most {RuntimeCatalog.MostMinWorkers} and not above maxWorkerCount");
        if (MaxWorkerCount > RuntimeCatalog.MostMaxWorkers)
            refuse("maxWorkerCount", $"maxWorkerCount must be at most {RuntimeCatalog.MostMaxWorkers}");
        if (RuntimeCatalog.Workers.FirstOrDefault(w => w.Name == AstroMachine) is { } machine && WorkerConcurrency > machine.MostConcurrency)
            refuse("workerConcurrency", $"workerConcurrency must be at most {machine.MostConcurrency} on {machine.Name}");
        if (PodEphemeralStorage is { } storage && !(Quantity.Memory(storage) <= RuntimeCatalog.MostEphemeralGiB))
            refuse("podEphemeralStorage", $"podEphemeralStorage must be at most {RuntimeCatalog.MostEphemeralGiB}Gi");
        if (NodePoolId is { } pool && !pools.Any(p => p.Id == pool))
            refuse("nodePoolId", "nodePoolId is not a node pool of the cluster");
        if (Id is not { } id)
            return;
        if (current.FirstOrDefault(q => q.Id == id) is not { } kept)
            refuse("id", "the Deployment has no queue with this id");
        else if (kept.Name != Name)
            refuse("name", $"the name of the queue '{kept.Name}' cannot be changed");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex NameForm();
}
