using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Control;

/// <summary>Takes values to watch and tells what became of them.</summary>
internal static class WatchEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ControlApi.Root + "/watched", SetAsync);
        routes.MapGet(ControlApi.Root + "/watched", async (Watch watch) =>
            Answer.Json(await watch.AllAsync(), EmulatorJson.Default.IReadOnlyListSighting));
        routes.MapDelete(ControlApi.Root + "/watched", async (Watch watch) =>
        {
            await watch.ClearAsync();
            return Results.NoContent();
        });
    }

    private static async Task<IResult> SetAsync(HttpContext context, Watch watch)
    {
        var body = await RequestBody.ReadAsync(context);
        var name = body.Text("name", required: true);
        var value = body.Text("value");
        body.Done();
        await watch.SetAsync(name!, value);
        return Results.NoContent();
    }
}
