using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Hosting;

namespace AstroAuth.Emulator.Control;

/// <summary>What time it is in the emulator.</summary>
internal sealed record ClockAnswer(DateTimeOffset Now);

/// <summary>Moves the clock.</summary>
internal static class ClockEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(ControlApi.Root + "/clock", MoveAsync);

    private static async Task<IResult> MoveAsync(HttpContext context, MovableClock clock)
    {
        var body = await RequestBody.ReadAsync(context);
        var seconds = body.Number("advanceSeconds");
        var text = body.Text("set");
        var reset = body.Flag("reset") ?? false;
        DateTimeOffset to = default;
        if (text is not null && !DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out to))
            body.Refuse("invalid", "set", "set must be a time in the form of RFC 3339");
        body.Done();

        if (reset)
            clock.Reset();
        if (text is not null)
            clock.Set(to);
        if (seconds is { } by)
            clock.Advance(TimeSpan.FromSeconds(by));
        return Answer.Json(new ClockAnswer(clock.GetUtcNow()), EmulatorJson.Default.ClockAnswer);
    }
}
