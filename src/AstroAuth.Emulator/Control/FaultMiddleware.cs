using System.IO;
using System.Text;
using AstroAuth.Emulator.Hosting;

namespace AstroAuth.Emulator.Control;

/// <summary>Makes requests slow or broken, as asked; never those of the control API.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultBook faults, EmulatorSettings settings, MovableClock clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ControlApi.Owns(context.Request))
        {
            await next(context);
            return;
        }

        // Who waits for something by asking again gets there without anybody's moving the clock meanwhile.
        if (settings.AdvanceSecondsPerRequest is > 0 and var seconds)
            clock.Advance(TimeSpan.FromSeconds(seconds));
        var meeting = faults.Next(context.Request);
        try
        {
            // Real time on purpose: the movable clock moves dates, not waiting.
            var delay = settings.LatencyMilliseconds + (meeting?.Fault.DelayMs ?? 0);
            if (delay > 0)
                await Task.Delay(delay, context.RequestAborted);
            await SufferAsync(context, meeting);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task SufferAsync(HttpContext context, Meeting? meeting)
    {
        if (meeting is null)
        {
            await next(context);
            return;
        }

        var fault = meeting.Fault;
        if (fault.Hold == "before")
            await meeting.StayAsync(context.RequestAborted);
        if (fault.Cut == "before")
        {
            context.Abort();
            return;
        }

        if (fault.Cut == "during")
        {
            await ReadHalfAsync(context.Request);
            context.Abort();
            return;
        }

        AddHeaders(context, fault);
        var buffered = fault.Truncate || fault.Cut == "after" || fault.Hold == "after";
        var client = context.Response.Body;
        using var held = new MemoryStream();
        if (buffered)
            context.Response.Body = held;
        if (fault.Answers)
            await AnswerAsync(context, fault);
        else
            await next(context);
        context.Response.Body = client;

        if (fault.Hold == "after")
            await meeting.StayAsync(context.RequestAborted);
        if (fault.Cut == "after")
            context.Abort();
        else if (fault.Truncate)
            await SendHalfAsync(context, held.ToArray());
        else if (buffered)
            await client.WriteAsync(held.ToArray(), context.RequestAborted);
    }

    private static void AddHeaders(HttpContext context, Fault fault)
    {
        foreach (var (name, value) in fault.Headers)
            context.Response.Headers[name] = value;
        if (fault.RetryAfter is not null)
            context.Response.Headers.RetryAfter = fault.RetryAfter;
    }

    private static async Task AnswerAsync(HttpContext context, Fault fault)
    {
        var status = fault.Status ?? StatusCodes.Status503ServiceUnavailable;
        if (fault.Empty)
        {
            context.Response.StatusCode = status;
            context.Response.ContentLength = 0;
        }
        else if (fault.Html || fault.Body is not null)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType ??= fault.Html ? "text/html" : "text/plain";
            await context.Response.WriteAsync(
                fault.Body ?? $"<html><body><h1>{status}</h1><p>upstream connect error</p></body></html>", Encoding.UTF8);
        }
        else
        {
            await Api.ApiErrors.WriteAsync(context, status, "A fault that was asked for");
        }
    }

    private static async Task ReadHalfAsync(HttpRequest request)
    {
        var left = (request.ContentLength ?? 0) / 2;
        var buffer = new byte[16 * 1024];
        while (left > 0 && await request.Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), request.HttpContext.RequestAborted) is > 0 and var read)
            left -= read;
    }

    private static async Task SendHalfAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        // The half needs a moment to leave before the connection breaks.
        await Task.Delay(50, context.RequestAborted);
        context.Abort();
    }
}
