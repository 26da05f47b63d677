using System.Text.Json;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Airflow;

/// <summary>How Airflow writes things: times to the microsecond, with an offset in Airflow 2 and a Z in Airflow 3.</summary>
internal static class AirflowText
{
    public static string? Time(DateTimeOffset? time, bool isAirflow2) => time?.UtcDateTime.ToString(
        "yyyy-MM-dd'T'HH:mm:ss.ffffff" + (isAirflow2 ? "'+00:00'" : "'Z'"), CultureInfo.InvariantCulture);

    public static string File(Dag dag) => "/usr/local/airflow/" + dag.FilePath;

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
