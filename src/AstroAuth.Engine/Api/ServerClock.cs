using System;
using System.Net.Http;
using System.Threading;

namespace AstroAuth.Engine.Api;

/// <summary>
/// Astro's time, from the Date header of its answers (RFC 9110, 6.6.1: whole seconds). What several machines decide by must
/// not hang on the clock of one of them.
/// </summary>
internal sealed class ServerClock : TimeProvider
{
    private readonly TimeProvider _clock;
    private volatile Observation? _last;

    internal ServerClock(TimeProvider clock) => _clock = clock;

    public override long TimestampFrequency => _clock.TimestampFrequency;

    /// <summary>Astro's time now; this machine's as long as no answer has come.</summary>
    public override DateTimeOffset GetUtcNow() => _last is { } last ? last.Date + _clock.GetElapsedTime(last.Timestamp) : _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _clock.CreateTimer(callback, state, dueTime, period);

    internal void Observe(HttpResponseMessage response)
    {
        // What a cache kept is as old as it says.
        // A date at the end of time would take the sum beyond it.
        if (response.Headers.Date is { Year: < 9900 } date)
            _last = new Observation(date + (response.Headers.Age ?? TimeSpan.Zero), _clock.GetTimestamp());
    }

    private sealed record Observation(DateTimeOffset Date, long Timestamp);
}
