namespace AstroAuth.Emulator.Store;

/// <summary>Whether a deployment sleeps at a time, by its override or its schedules, and what happens next.</summary>
internal sealed record Hibernation(bool IsHibernating, string? Reason, DateTimeOffset? NextEventAt, string? NextEventType)
{
    public static Hibernation Of(Deployment deployment, DateTimeOffset now)
    {
        var (scheduled, next, nextType) = BySchedules(deployment, now);
        if (!IsActive(deployment.Override, now))
            return new(scheduled, scheduled ? "Hibernating by its schedule" : null, next, nextType);

        var sleeps = deployment.Override!.IsHibernating;
        return deployment.Override.OverrideUntil is { } until
            ? new(sleeps, "Overridden", until, sleeps ? "WAKE" : "HIBERNATE")
            : new(sleeps, "Overridden", null, null);
    }

    public static bool IsActive(HibernationOverride? over, DateTimeOffset now) =>
        over is not null && !(over.OverrideUntil <= now);

    private static (bool Sleeps, DateTimeOffset? Next, string? NextType) BySchedules(Deployment deployment, DateTimeOffset now)
    {
        DateTimeOffset? slept = null, woke = null, sleeps = null, wakes = null;
        foreach (var schedule in deployment.Schedules.Where(s => s.IsEnabled))
        {
            var (hibernate, wake) = (Cron.Parse(schedule.HibernateAtCron)!, Cron.Parse(schedule.WakeAtCron)!);
            slept = Later(slept, hibernate.Last(now));
            woke = Later(woke, wake.Last(now));
            sleeps = Sooner(sleeps, hibernate.Next(now));
            wakes = Sooner(wakes, wake.Next(now));
        }

        // A schedule says nothing about the time before it was there.
        var asleep = slept >= deployment.SchedulesFrom && !(woke >= slept);
        return asleep ? (true, wakes, wakes is null ? null : "WAKE") : (false, sleeps, sleeps is null ? null : "HIBERNATE");
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    private static DateTimeOffset? Sooner(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
