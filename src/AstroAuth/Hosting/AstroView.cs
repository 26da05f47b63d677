using System;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;

namespace AstroAuth;

/// <summary>
/// What the views write: dates of one form in every culture, and colours where the host has them. For the files in views/
/// alone; it is public because a view cannot call anything else.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AstroView
{
    private const int Soon = 14;

    /// <summary>A day (UTC).</summary>
    /// <param name="time">The time, or null.</param>
    /// <returns>Such as 2027-01-31; empty for null.</returns>
    public static string Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A time (UTC) to the minute.</summary>
    /// <param name="time">The time, or null.</param>
    /// <returns>Such as 2027-01-31 16:05Z; empty for null.</returns>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The day something ends, coloured when that is past, soon or never.</summary>
    /// <param name="end">The end; null for never.</param>
    /// <param name="context">The view's $ExecutionContext.</param>
    /// <returns>The day, or never.</returns>
    public static string EndDay(DateTimeOffset? end, EngineIntrinsics context) => Coloured(end, Day(end), context);

    /// <summary>The time something ends, coloured when that is past, soon or never.</summary>
    /// <param name="end">The end; null for never.</param>
    /// <param name="context">The view's $ExecutionContext.</param>
    /// <returns>The time, or never.</returns>
    public static string EndTime(DateTimeOffset? end, EngineIntrinsics context) => Coloured(end, Time(end), context);

    /// <summary>The day a connection's credential ends, coloured as others; one that gets its access tokens by itself renews.</summary>
    /// <param name="kind">The kind of credential.</param>
    /// <param name="end">The end, or null.</param>
    /// <param name="context">The view's $ExecutionContext.</param>
    /// <returns>The day, renews or never; empty without a credential.</returns>
    public static string CredentialEnd(AstroCredentialKind kind, DateTimeOffset? end, EngineIntrinsics context) => kind switch
    {
        _ when end is not null => EndDay(end, context),
        AstroCredentialKind.User or AstroCredentialKind.DeploymentKey => "renews",
        AstroCredentialKind.None => "",
        _ => EndDay(end, context),
    };

    /// <summary>How long ago something was last used.</summary>
    /// <param name="time">When that was; null for never.</param>
    /// <returns>Such as 3 d, today or never.</returns>
    public static string Ago(DateTimeOffset? time)
    {
        if (time is not { } last)
            return "never";
        var days = Math.Floor((DateTimeOffset.UtcNow - last).TotalDays);
        return days < 1 ? "today" : days.ToString(CultureInfo.InvariantCulture) + " d";
    }

    /// <summary>A state, coloured when it is bad, passing or a success.</summary>
    /// <param name="state">The word, or a value of an enumeration.</param>
    /// <param name="context">The view's $ExecutionContext.</param>
    /// <returns>The same word.</returns>
    public static string State(string? state, EngineIntrinsics context) => state?.ToUpperInvariant() switch
    {
        // The words of Astro, of its Airflow and of our own enumerations together, since none means two things.
        null => "",
        "ERROR" or "FAILED" or "UNHEALTHY" => Coloured(state, "Formatting", "Error", context),
        "CREATING" or "DEPLOYING" or "HIBERNATING" or "UNKNOWN" or "ROLLEDBACK" or "UNFINISHED" or "WARNING" => Coloured(state, "Formatting", "Warning", context),
        "SUCCESS" => Coloured(state, "Foreground", "Green", context),
        _ => state,
    };

    /// <summary>A duration in hours, minutes and seconds, however many hours.</summary>
    /// <param name="duration">The duration, or null.</param>
    /// <returns>Such as 00:12:30; empty for null.</returns>
    public static string Span(TimeSpan? duration) =>
        duration is { } span ? string.Format(CultureInfo.InvariantCulture, "{0:00}:{1:mm\\:ss}", Math.Floor(span.TotalHours), span) : "";

    /// <summary>Yes or no.</summary>
    /// <param name="value">The answer, or null when there is none.</param>
    /// <returns>yes, no, or empty for null.</returns>
    public static string YesNo(bool? value) => value is not { } known ? "" : known ? "yes" : "no";

    private static string Coloured(DateTimeOffset? end, string text, EngineIntrinsics context)
    {
        if (end is not { } time)
            return Coloured("never", "Foreground", "Cyan", context);
        var now = DateTimeOffset.UtcNow;
        if (time <= now)
            return Coloured(text, "Formatting", "Error", context);
        return time <= now.AddDays(Soon) ? Coloured(text, "Formatting", "Warning", context) : text;
    }

    // $PSStyle is of PowerShell 7 alone, and its class not one that this library can name.
    private static string Coloured(string text, string group, string colour, EngineIntrinsics context)
    {
        if (context.SessionState.PSVariable.GetValue("PSStyle") is not { } style
            || Member(Member(style, group), colour) is not string start || start.Length == 0)
            return text;
        return start + text + (Member(style, "Reset") as string);
    }

    private static object? Member(object? value, string name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
}
