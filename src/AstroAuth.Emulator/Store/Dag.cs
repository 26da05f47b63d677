namespace AstroAuth.Emulator.Store;

/// <summary>A DAG of a deployment's Airflow.</summary>
internal sealed record Dag
{
    public required string Id { get; init; }
    public required string FilePath { get; init; }
    public string? Description { get; init; }
    public string? Schedule { get; init; }
    public IReadOnlyList<string> Owners { get; init; } = ["airflow"];
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>As in Airflow, what is new waits until somebody lets it run.</summary>
    public bool IsPaused { get; init; } = true;

    /// <summary>How its runs end, and how long they wait and run, where the control API says so.</summary>
    public bool Fails { get; init; }
    public int? QueuedSeconds { get; init; }
    public int? RunningSeconds { get; init; }
}

/// <summary>A run of a DAG; without a start it waits for its DAG to be let run.</summary>
internal sealed record DagRun
{
    public required string Id { get; init; }
    public required string DagId { get; init; }
    public required string Type { get; init; }
    public DateTimeOffset? LogicalDate { get; init; }
    public DateTimeOffset? IntervalStart { get; init; }
    public DateTimeOffset? IntervalEnd { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public required TimeSpan Length { get; init; }
    public required bool Fails { get; init; }
    public required string ConfJson { get; init; }
    public string? Note { get; init; }
    public string? Triggerer { get; init; }

    public string StateAt(DateTimeOffset now) =>
        !(StartsAt <= now) ? "queued" : now < StartsAt + Length ? "running" : Fails ? "failed" : "success";

    public DateTimeOffset? StartAt(DateTimeOffset now) => StartsAt <= now ? StartsAt : null;

    public DateTimeOffset? EndAt(DateTimeOffset now) => StartsAt + Length <= now ? StartsAt + Length : null;
}
