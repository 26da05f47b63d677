using System;
using System.Globalization;

namespace AstroAuth.Engine;

/// <summary>Times as people say them.</summary>
internal static class Days
{
    /// <summary>Whole days from now, rounded down, so that a token with hours left has 0 days.</summary>
    internal static int Left(DateTimeOffset end, DateTimeOffset now) => (int)Math.Floor((end - now).TotalDays);

    /// <summary>"8 days", "1 hour", "20 seconds": the largest unit that fits.</summary>
    internal static string Say(TimeSpan span)
    {
        var duration = span.Duration();
        return duration.TotalDays >= 1 ? Count((int)duration.TotalDays, "day")
            : duration.TotalHours >= 1 ? Count((int)duration.TotalHours, "hour")
            : duration.TotalMinutes >= 1 ? Count((int)duration.TotalMinutes, "minute")
            : Count((int)duration.TotalSeconds, "second");
    }

    /// <summary>"2026-11-16 10:00Z".</summary>
    internal static string Say(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
