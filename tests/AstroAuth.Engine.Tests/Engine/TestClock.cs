using System.Collections.Concurrent;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>The engine's clock, moved by hand. It writes down what somebody wants to wait for and rings at once, or never.</summary>
internal sealed class TestClock : TimeProvider
{
    private long _offsetTicks;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public bool Stopped { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
            Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, Stopped ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, period);
    }
}
