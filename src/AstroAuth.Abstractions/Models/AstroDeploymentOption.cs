using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>What a deployment can be made of (wire contract 4.7).</summary>
public sealed class AstroDeploymentOption
{
    /// <summary>The executors: CELERY, KUBERNETES, ASTRO.</summary>
    public IReadOnlyList<string> Executors { get; internal set; } = [];

    /// <summary>The versions of Astro Runtime, newest first.</summary>
    public IReadOnlyList<AstroRuntimeRelease> RuntimeReleases { get; internal set; } = [];

    /// <summary>The sizes of a scheduler.</summary>
    public IReadOnlyList<AstroMachine> SchedulerMachines { get; internal set; } = [];

    /// <summary>The machines of a worker.</summary>
    public IReadOnlyList<AstroMachine> WorkerMachines { get; internal set; } = [];

    /// <summary>How many workers a queue may have at least.</summary>
    public AstroRange MinWorkers { get; internal set; } = new("", "", "");

    /// <summary>How many workers a queue may have at most.</summary>
    public AstroRange MaxWorkers { get; internal set; } = new("", "", "");

    /// <summary>How many tasks a worker may do at a time.</summary>
    public AstroRange WorkerConcurrency { get; internal set; } = new("", "", "");

    /// <summary>The CPUs of a task's pod where nothing else is said.</summary>
    public AstroRange DefaultTaskPodCpu { get; internal set; } = new("", "", "");

    /// <summary>The memory of a task's pod where nothing else is said.</summary>
    public AstroRange DefaultTaskPodMemory { get; internal set; } = new("", "", "");

    /// <summary>The CPUs that all pods may have together.</summary>
    public AstroRange ResourceQuotaCpu { get; internal set; } = new("", "", "");

    /// <summary>The memory that all pods may have together.</summary>
    public AstroRange ResourceQuotaMemory { get; internal set; } = new("", "", "");

    /// <summary>The cloud identities to choose from, by label; empty where Astro offers none.</summary>
    public IReadOnlyList<AstroWorkloadIdentityOption> WorkloadIdentities { get; internal set; } = [];
}

/// <summary>A version of Astro Runtime.</summary>
public sealed class AstroRuntimeRelease
{
    /// <summary>The version, for example <c>3.1-4</c>.</summary>
    public string Version { get; internal set; } = "";

    /// <summary>The version of Airflow in it.</summary>
    public string AirflowVersion { get; internal set; } = "";

    /// <summary>The channel, for example <c>stable</c>.</summary>
    public string Channel { get; internal set; } = "";

    /// <summary>When it was released (UTC).</summary>
    public DateTimeOffset ReleasedOn { get; internal set; }

    /// <summary>Whether going to it changes Airflow's database.</summary>
    public bool HasAirflowMigration { get; internal set; }

    /// <summary>The version.</summary>
    public override string ToString() => Version;
}

/// <summary>A machine of a scheduler or a worker.</summary>
public sealed class AstroMachine
{
    /// <summary>The name, SMALL to EXTRA_LARGE or A5 to A160.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The CPUs.</summary>
    public string Cpu { get; internal set; } = "";

    /// <summary>The memory.</summary>
    public string Memory { get; internal set; } = "";

    /// <summary>The passing storage, or null.</summary>
    public string? EphemeralStorage { get; internal set; }

    /// <summary>How many tasks a worker does at a time; null for a scheduler.</summary>
    public AstroRange? Concurrency { get; internal set; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>The least, the most and the usual value of a setting, as Astro writes them.</summary>
public sealed class AstroRange
{
    internal AstroRange(string floor, string ceiling, string standard)
    {
        Floor = floor;
        Ceiling = ceiling;
        Default = standard;
    }

    /// <summary>The least.</summary>
    public string Floor { get; }

    /// <summary>The most.</summary>
    public string Ceiling { get; }

    /// <summary>The value where nothing is said.</summary>
    public string Default { get; }

    /// <summary>All three.</summary>
    public override string ToString() => $"{Floor} to {Ceiling}, {Default} by default";
}

/// <summary>A cloud identity to choose.</summary>
public sealed class AstroWorkloadIdentityOption
{
    /// <summary>Its label.</summary>
    public string Label { get; internal set; } = "";

    /// <summary>The role to give for it.</summary>
    public string Role { get; internal set; } = "";

    /// <summary>The label.</summary>
    public override string ToString() => Label;
}
