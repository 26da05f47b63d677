using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Airflow;

/// <summary>The version of Airflow.</summary>
internal sealed record VersionView(string Version, string? GitVersion);

/// <summary>A tag of a DAG; only Airflow 3 says whose.</summary>
internal sealed record Tag1View(string Name);

/// <summary>A tag of a DAG; only Airflow 3 says whose.</summary>
internal sealed record Tag2View(string Name, string DagId);

/// <summary>A schedule of Airflow 2.</summary>
internal sealed record ScheduleView([property: System.Text.Json.Serialization.JsonPropertyName("__type")] string Type, string Value);

/// <summary>A DAG as Airflow 2 shows it.</summary>
internal sealed record Dag1View(
    string DagId, string DagDisplayName, string? Description, string Fileloc, bool IsActive, bool IsPaused, bool IsSubdag,
    IReadOnlyList<string> Owners, ScheduleView? ScheduleInterval, string TimetableDescription, IReadOnlyList<Tag1View> Tags,
    bool HasImportErrors, int MaxActiveRuns)
{
    public static Dag1View Of(Dag d) => new(
        d.Id, d.Id, d.Description, AirflowText.File(d), true, d.IsPaused, false, d.Owners,
        d.Schedule is null ? null : new("CronExpression", d.Schedule), d.Schedule ?? "Never, external triggers only",
        [.. d.Tags.Select(t => new Tag1View(t))], false, 16);
}

/// <summary>A DAG as Airflow 3 shows it.</summary>
internal sealed record Dag2View(
    string DagId, string DagDisplayName, string? Description, string Fileloc, string RelativeFileloc, string BundleName, bool IsStale,
    bool IsPaused, IReadOnlyList<string> Owners, string? TimetableSummary, string TimetableDescription, IReadOnlyList<Tag2View> Tags,
    bool HasImportErrors, int MaxActiveTasks, int? MaxActiveRuns)
{
    public static Dag2View Of(Dag d) => new(
        d.Id, d.Id, d.Description, AirflowText.File(d), d.FilePath, "dags-folder", false, d.IsPaused, d.Owners, d.Schedule,
        d.Schedule ?? "Never, external triggers only", [.. d.Tags.Select(t => new Tag2View(t, d.Id))], false, 16, 16);
}

/// <summary>A page of DAGs of Airflow 2.</summary>
internal sealed record Dags1Page(IReadOnlyList<Dag1View> Dags, int TotalEntries);

/// <summary>A page of DAGs of Airflow 3.</summary>
internal sealed record Dags2Page(IReadOnlyList<Dag2View> Dags, int TotalEntries);
