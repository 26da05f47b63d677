using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>Which DAGs are wanted.</summary>
public sealed record AstroDagQuery
{
    /// <summary>Says whether an id is wanted; null for any.</summary>
    public Func<string, bool>? Matches { get; init; }

    /// <summary>Only those with one of these tags; none for any.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Only those that are paused, or are not; null for both.</summary>
    public bool? IsPaused { get; init; }
}

/// <summary>Which runs are wanted.</summary>
public sealed record AstroDagRunQuery
{
    /// <summary>The DAG; null for the runs of all.</summary>
    public string? DagId { get; init; }

    /// <summary>Only those in one of these states; none for any.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
}

/// <summary>A run to start.</summary>
public sealed record AstroDagRunStart
{
    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>The id of the run; null to have one made.</summary>
    public string? RunId { get; init; }

    /// <summary>The logical date; null for none in Airflow 3, and for the present in Airflow 2.</summary>
    public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>The configuration as a tree of dictionaries, lists and plain values, or JSON text; null for none.</summary>
    public object? Conf { get; init; }

    /// <summary>A note on the run; null for none.</summary>
    public string? Note { get; init; }
}

/// <summary>How to wait for a run.</summary>
/// <param name="Interval">Between two looks.</param>
/// <param name="AtMost">In all; null for as long as it takes.</param>
public sealed record AstroDagRunWait(TimeSpan Interval, TimeSpan? AtMost);
