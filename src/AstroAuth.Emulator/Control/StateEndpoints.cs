using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Control;

/// <summary>Whether a bearer value would be let in, and why not.</summary>
internal sealed record AuthenticatesAnswer(bool Authenticates, string? TokenId, string? Reason);

/// <summary>What this emulator is, and what it thinks of a credential.</summary>
internal static class StateEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ControlApi.Root + "/state", (StateHolder holder, TimeProvider clock) =>
            Answer.Json(holder.State with { Now = clock.GetUtcNow() }, EmulatorJson.Default.EmulatorState));
        routes.MapPost(ControlApi.Root + "/reset", (StateHolder holder) =>
        {
            holder.Reset();
            return Results.NoContent();
        });
        routes.MapGet(ControlApi.Root + "/authenticates", async (HttpContext context, BearerGate gate) =>
        {
            var answer = await gate.CheckAsync(context.Request.Headers.Authorization, recordUse: false);
            return Answer.Json(
                new AuthenticatesAnswer(answer.Caller is not null, answer.TokenId, answer.Reason), EmulatorJson.Default.AuthenticatesAnswer);
        });
    }
}
