using System.Diagnostics.CodeAnalysis;

namespace AstroAuth;

/// <summary>A group of workers of a deployment.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "Worker queue is Astro's own word.")]
public sealed class AstroWorkerQueue
{
    /// <summary>The id of the queue.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Whether tasks that name no queue go there.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>The machine of a worker, A5 to A160; null for HYBRID.</summary>
    public string? AstroMachine { get; internal set; }

    /// <summary>The node pool of the workers; null unless HYBRID.</summary>
    public string? NodePoolId { get; internal set; }

    /// <summary>The fewest workers.</summary>
    public int MinWorkerCount { get; internal set; }

    /// <summary>The most workers.</summary>
    public int MaxWorkerCount { get; internal set; }

    /// <summary>Tasks that a worker runs at a time.</summary>
    public int WorkerConcurrency { get; internal set; }

    /// <summary>CPU of a worker.</summary>
    public string PodCpu { get; internal set; } = "";

    /// <summary>Memory of a worker.</summary>
    public string PodMemory { get; internal set; } = "";

    /// <summary>Disk of a worker, or null.</summary>
    public string? PodEphemeralStorage { get; internal set; }

    /// <summary>The name, the machine and the workers.</summary>
    public override string ToString() => $"{Name} ({AstroMachine ?? NodePoolId}, {MinWorkerCount}-{MaxWorkerCount})";
}
