using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Control;

/// <summary>Shows and empties the request log.</summary>
internal static class RequestEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ControlApi.Root + "/requests", (RequestLog log) =>
            Answer.Json(log.All(), EmulatorJson.Default.IReadOnlyListRecordedRequest));
        routes.MapDelete(ControlApi.Root + "/requests", (RequestLog log) =>
        {
            log.Clear();
            return Results.NoContent();
        });
    }
}
