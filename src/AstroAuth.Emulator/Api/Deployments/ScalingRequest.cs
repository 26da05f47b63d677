using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>Hibernation as it is sent.</summary>
internal sealed record ScalingRequest(IReadOnlyList<HibernationSchedule> Schedules, HibernationOverride? Override)
{
    private const int MostSchedules = 10;
    private const int MostDescription = 200;

    /// <summary>scalingSpec with its hibernationSpec.</summary>
    public static ScalingRequest Read(RequestBody scaling) => scaling.Object("hibernationSpec", ReadHibernation) ?? new([], null);

    private static ScalingRequest ReadHibernation(RequestBody spec)
    {
        var schedules = spec.Objects("schedules", s => new HibernationSchedule(
            ReadCron(s, "hibernateAtCron"), ReadCron(s, "wakeAtCron"), s.Flag("isEnabled", required: true) ?? false,
            s.Text("description", max: MostDescription)));
        if (schedules.Count > MostSchedules)
            spec.Refuse("max", "schedules", $"there can be at most {MostSchedules} schedules");
        return new(schedules, spec.Object("override", ReadOverride));
    }

    private static HibernationOverride ReadOverride(RequestBody over) =>
        new(over.Flag("isHibernating", required: true) ?? false, over.Time("overrideUntil"));

    private static string ReadCron(RequestBody schedule, string name)
    {
        var text = schedule.Text(name, required: true);
        if (!string.IsNullOrEmpty(text) && Cron.Parse(text) is null)
            schedule.Refuse("invalid", name, $"'{text}' is not a time pattern of five fields");
        return text ?? "";
    }
}
