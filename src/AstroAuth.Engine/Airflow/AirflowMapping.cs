using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Airflow;

/// <summary>From what either Airflow answers to one model.</summary>
internal static class AirflowMapping
{
    internal static AstroDag ToModel(this DagAnswer answer, AstroDeployment deployment) => new()
    {
        DagId = answer.DagId,
        DisplayName = answer.DisplayName ?? answer.DagId,
        Description = answer.Description,
        IsPaused = answer.IsPaused ?? false,
        Schedule = ScheduleOf(answer),
        NextRunOn = (answer.NextRunAfter ?? answer.NextRunCreateAfter)?.ToUniversalTime(),
        Owners = answer.Owners ?? [],
        Tags = (answer.Tags ?? []).Select(t => t.Name ?? "").ToList(),
        HasImportErrors = answer.HasImportErrors ?? false,
        FilePath = answer.FilePath,
        DeploymentId = deployment.Id,
        DeploymentName = deployment.Name,
    };

    internal static AstroDagRun ToModel(this DagRunAnswer answer, AstroDeployment deployment) => new()
    {
        DagId = answer.DagId,
        RunId = answer.RunId,
        State = answer.State ?? "",
        Type = answer.Type,
        LogicalDate = (answer.LogicalDate ?? answer.ExecutionDate)?.ToUniversalTime(),
        QueuedOn = answer.QueuedAt?.ToUniversalTime(),
        StartedOn = answer.StartDate?.ToUniversalTime(),
        EndedOn = answer.EndDate?.ToUniversalTime(),
        Conf = answer.Conf is { ValueKind: JsonValueKind.Object } conf ? ToDictionary(PlainJson.Read(conf)) : new Dictionary<string, object?>(),
        Note = answer.Note,
        DeploymentId = deployment.Id,
        DeploymentName = deployment.Name,
    };

    // PowerShell looks into a dictionary by a dot; into a list of pairs it does not.
    private static Dictionary<string, object?> ToDictionary(object? tree)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in (IEnumerable<KeyValuePair<string, object?>>)tree!)
            result[member.Key] = ToValue(member.Value);
        return result;
    }

    private static object? ToValue(object? value) => value switch
    {
        IEnumerable<KeyValuePair<string, object?>> => ToDictionary(value),
        IEnumerable<object?> items => items.Select(ToValue).ToArray(),
        _ => value,
    };

    private const double LongestInterval = 1e6;

    private static string? ScheduleOf(DagAnswer answer)
    {
        // Airflow 3 writes the word for what runs only when it is started.
        if (answer.TimetableSummary is { } summary)
            return summary is "None" or "" ? null : summary;
        if (answer.ScheduleInterval is not { ValueKind: JsonValueKind.Object } interval)
            return null;
        if (interval.TryGetProperty("value", out var cron))
            return cron.ToString();
        var (days, seconds) = (Number("days"), Number("seconds"));
        return double.IsNaN(days + seconds) || (days == 0 && seconds == 0)
            ? interval.GetRawText() : $"every {TimeSpan.FromDays(days) + TimeSpan.FromSeconds(seconds):g}";

        // More than a time span can hold is none.
        double Number(string name) => !interval.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number ? 0
            : value.TryGetDouble(out var number) && Math.Abs(number) < LongestInterval ? number : double.NaN;
    }
}
