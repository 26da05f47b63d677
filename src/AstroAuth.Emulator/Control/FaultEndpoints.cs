using System.Text.RegularExpressions;
using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Control;

/// <summary>Sets, lists and clears faults.</summary>
internal static class FaultEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ControlApi.Root + "/faults", AddAsync);
        routes.MapGet(ControlApi.Root + "/faults", (FaultBook faults) =>
            Answer.Json(faults.List(), EmulatorJson.Default.IReadOnlyListFaultView));
        routes.MapDelete(ControlApi.Root + "/faults", (FaultBook faults) =>
        {
            faults.Remove();
            return Results.NoContent();
        });
        routes.MapDelete(ControlApi.Root + "/faults/{id:int}", (int id, FaultBook faults) =>
            faults.Remove(id) > 0 ? Results.NoContent() : throw ApiProblem.NotFound("Fault"));
    }

    private static async Task<IResult> AddAsync(HttpContext context, FaultBook faults)
    {
        var body = await RequestBody.ReadAsync(context);
        var fault = new Fault
        {
            Method = body.Text("method"),
            Path = ReadPattern(body),
            Skip = body.Number("skip", 0) ?? 0,
            Count = body.Number("count", 0) ?? 1,
            Status = body.Number("status", 200, 599),
            RetryAfter = body.Text("retryAfter"),
            Cut = body.Choice("cut", required: false, "before", "during", "after"),
            Hold = body.Choice("hold", required: false, "before", "after"),
            DelayMs = body.Number("delayMs", 0) ?? 0,
            Truncate = body.Flag("truncate") ?? false,
            Html = body.Flag("html") ?? false,
            Empty = body.Flag("empty") ?? false,
            Body = body.Text("body"),
            Headers = body.Map("headers"),
        };
        body.Done();
        return Answer.Json(new FaultAnswer(faults.Add(fault)), EmulatorJson.Default.FaultAnswer);
    }

    private static Regex? ReadPattern(RequestBody body)
    {
        if (body.Text("path") is not { } pattern)
            return null;
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            body.Refuse("invalid", "path", e.Message);
            return null;
        }
    }
}
