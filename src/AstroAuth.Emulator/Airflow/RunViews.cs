using System.Text.Json;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Airflow;

/// <summary>A run as Airflow 2 shows it.</summary>
internal sealed record Run1View(
    string DagRunId, string DagId, string LogicalDate, string ExecutionDate, string? DataIntervalStart, string? DataIntervalEnd,
    string? StartDate, string? EndDate, string? LastSchedulingDecision, string RunType, string State, bool ExternalTrigger,
    JsonElement Conf, string? Note)
{
    public static Run1View Of(DagRun r, DateTimeOffset now)
    {
        var logical = AirflowText.Time(r.LogicalDate ?? r.QueuedAt, isAirflow2: true)!;
        return new(
            r.Id, r.DagId, logical, logical, Text(r.IntervalStart), Text(r.IntervalEnd), Text(r.StartAt(now)), Text(r.EndAt(now)),
            Text(r.StartAt(now)), r.Type, r.StateAt(now), r.Type == "manual", AirflowText.Json(r.ConfJson), r.Note);

        static string? Text(DateTimeOffset? time) => AirflowText.Time(time, isAirflow2: true);
    }
}

/// <summary>A run as Airflow 3 shows it; it may have no logical date.</summary>
internal sealed record Run2View(
    string DagRunId, string DagId, string? LogicalDate, string? QueuedAt, string? StartDate, string? EndDate, double? Duration,
    string? DataIntervalStart, string? DataIntervalEnd, string RunAfter, string? LastSchedulingDecision, string RunType, string State,
    string? TriggeredBy, string? TriggeringUserName, JsonElement Conf, string? Note, string DagDisplayName)
{
    public static Run2View Of(DagRun r, DateTimeOffset now) => new(
        r.Id, r.DagId, Text(r.LogicalDate), Text(r.QueuedAt), Text(r.StartAt(now)), Text(r.EndAt(now)),
        r.EndAt(now) is null ? null : r.Length.TotalSeconds, Text(r.IntervalStart), Text(r.IntervalEnd), Text(r.QueuedAt)!,
        Text(r.StartAt(now)), r.Type, r.StateAt(now), r.Type == "manual" ? "rest_api" : "timetable", r.Triggerer, AirflowText.Json(r.ConfJson),
        r.Note, r.DagId);

    private static string? Text(DateTimeOffset? time) => AirflowText.Time(time, isAirflow2: false);
}

/// <summary>A page of runs of Airflow 2.</summary>
internal sealed record Runs1Page(IReadOnlyList<Run1View> DagRuns, int TotalEntries);

/// <summary>A page of runs of Airflow 3.</summary>
internal sealed record Runs2Page(IReadOnlyList<Run2View> DagRuns, int TotalEntries);
