using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>A DAG of a deployment's Airflow, of Airflow 2 and 3 alike.</summary>
public sealed class AstroDag
{
    /// <summary>The id of the DAG.</summary>
    public string DagId { get; internal set; } = "";

    /// <summary>The name to show; the id where Airflow has no other.</summary>
    public string DisplayName { get; internal set; } = "";

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; internal set; }

    /// <summary>Whether it is paused: its schedule rests, and runs that are started wait.</summary>
    public bool IsPaused { get; internal set; }

    /// <summary>Its schedule as Airflow puts it, or null when it runs only when it is started.</summary>
    public string? Schedule { get; internal set; }

    /// <summary>When its next scheduled run is due (UTC), or null.</summary>
    public DateTimeOffset? NextRunOn { get; internal set; }

    /// <summary>Its owners.</summary>
    public IReadOnlyList<string> Owners { get; internal set; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; internal set; } = [];

    /// <summary>Whether its file cannot be read as it is now.</summary>
    public bool HasImportErrors { get; internal set; }

    /// <summary>The file it comes from.</summary>
    public string? FilePath { get; internal set; }

    /// <summary>The deployment's id.</summary>
    public string DeploymentId { get; internal set; } = "";

    /// <summary>The deployment's name.</summary>
    public string DeploymentName { get; internal set; } = "";

    /// <summary>The id of the DAG.</summary>
    public override string ToString() => DagId;
}
