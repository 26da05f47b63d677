using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroAuth.Engine.Airflow;

/// <summary>A DAG as Airflow answers: what both generations say, under the names of either.</summary>
internal sealed record DagAnswer
{
    [JsonPropertyName("dag_id")] public string DagId { get; init; } = "";

    [JsonPropertyName("dag_display_name")] public string? DisplayName { get; init; }

    [JsonPropertyName("description")] public string? Description { get; init; }

    [JsonPropertyName("is_paused")] public bool? IsPaused { get; init; }

    /// <summary>Airflow 2: an object whose form depends on the kind of schedule.</summary>
    [JsonPropertyName("schedule_interval")] public JsonElement? ScheduleInterval { get; init; }

    /// <summary>Airflow 3.</summary>
    [JsonPropertyName("timetable_summary")] public string? TimetableSummary { get; init; }

    /// <summary>Airflow 2.</summary>
    [JsonPropertyName("next_dagrun_create_after")] public DateTimeOffset? NextRunCreateAfter { get; init; }

    /// <summary>Airflow 3.</summary>
    [JsonPropertyName("next_dagrun_run_after")] public DateTimeOffset? NextRunAfter { get; init; }

    [JsonPropertyName("owners")] public List<string>? Owners { get; init; }

    [JsonPropertyName("tags")] public List<DagTagAnswer>? Tags { get; init; }

    [JsonPropertyName("has_import_errors")] public bool? HasImportErrors { get; init; }

    [JsonPropertyName("fileloc")] public string? FilePath { get; init; }
}

/// <summary>A tag of a DAG.</summary>
internal sealed record DagTagAnswer
{
    [JsonPropertyName("name")] public string? Name { get; init; }
}

/// <summary>A page of DAGs.</summary>
internal sealed record DagAnswerPage
{
    [JsonPropertyName("dags")] public List<DagAnswer>? Dags { get; init; }

    [JsonPropertyName("total_entries")] public int TotalEntries { get; init; }
}

/// <summary>A run as Airflow answers.</summary>
internal sealed record DagRunAnswer
{
    [JsonPropertyName("dag_run_id")] public string RunId { get; init; } = "";

    [JsonPropertyName("dag_id")] public string DagId { get; init; } = "";

    [JsonPropertyName("state")] public string? State { get; init; }

    [JsonPropertyName("run_type")] public string? Type { get; init; }

    [JsonPropertyName("logical_date")] public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>Airflow 2 before 2.10 has the logical date under this name only.</summary>
    [JsonPropertyName("execution_date")] public DateTimeOffset? ExecutionDate { get; init; }

    [JsonPropertyName("queued_at")] public DateTimeOffset? QueuedAt { get; init; }

    [JsonPropertyName("start_date")] public DateTimeOffset? StartDate { get; init; }

    [JsonPropertyName("end_date")] public DateTimeOffset? EndDate { get; init; }

    [JsonPropertyName("conf")] public JsonElement? Conf { get; init; }

    [JsonPropertyName("note")] public string? Note { get; init; }
}

/// <summary>A page of runs.</summary>
internal sealed record DagRunAnswerPage
{
    [JsonPropertyName("dag_runs")] public List<DagRunAnswer>? Runs { get; init; }

    [JsonPropertyName("total_entries")] public int TotalEntries { get; init; }
}

/// <summary>Pauses a DAG or lets it run.</summary>
internal sealed record DagPauseBody
{
    [JsonPropertyName("is_paused")] public bool IsPaused { get; init; }
}

[JsonSerializable(typeof(DagAnswer))]
[JsonSerializable(typeof(DagAnswerPage))]
[JsonSerializable(typeof(DagRunAnswer))]
[JsonSerializable(typeof(DagRunAnswerPage))]
[JsonSerializable(typeof(DagPauseBody))]
internal sealed partial class AirflowJson : JsonSerializerContext;
