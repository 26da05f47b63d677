using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>A run of a DAG, of Airflow 2 and 3 alike.</summary>
public sealed class AstroDagRun
{
    /// <summary>The id of the DAG.</summary>
    public string DagId { get; internal set; } = "";

    /// <summary>The id of the run, unique within its DAG.</summary>
    public string RunId { get; internal set; } = "";

    /// <summary>queued, running, success or failed, as Airflow says.</summary>
    public string State { get; internal set; } = "";

    /// <summary>What started it: manual, scheduled, backfill and the like.</summary>
    public string? Type { get; internal set; }

    /// <summary>The logical date (UTC); null for a run of Airflow 3 without one.</summary>
    public DateTimeOffset? LogicalDate { get; internal set; }

    /// <summary>When it was queued (UTC); null in Airflow 2, which does not say.</summary>
    public DateTimeOffset? QueuedOn { get; internal set; }

    /// <summary>When it began (UTC), or null as long as it waits.</summary>
    public DateTimeOffset? StartedOn { get; internal set; }

    /// <summary>When it ended (UTC), or null as long as it has not.</summary>
    public DateTimeOffset? EndedOn { get; internal set; }

    /// <summary>How long it took, or null as long as it has not ended.</summary>
    public TimeSpan? Duration => EndedOn - StartedOn;

    /// <summary>The configuration it was started with: texts, numbers, truth values, lists and dictionaries.</summary>
    public IReadOnlyDictionary<string, object?> Conf { get; internal set; } = new Dictionary<string, object?>();

    /// <summary>The note on it, or null.</summary>
    public string? Note { get; internal set; }

    /// <summary>The deployment's id.</summary>
    public string DeploymentId { get; internal set; } = "";

    /// <summary>The deployment's name.</summary>
    public string DeploymentName { get; internal set; } = "";

    /// <summary>Whether it has ended, well or badly.</summary>
    public bool HasEnded => State is "success" or "failed";

    /// <summary>The DAG, the run and its state.</summary>
    public override string ToString() => $"{DagId} {RunId} ({State})";
}
