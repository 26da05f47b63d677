using Microsoft.Extensions.Logging;

namespace AstroAuth.Emulator.Api;

/// <summary>Gives every request an id and every failure of the API Astro's error body.</summary>
internal sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> log)
{
    public const string RequestIdHeader = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier = Guid.NewGuid().ToString("n");
        try
        {
            await next(context);
        }
        catch (ApiProblem problem)
        {
            await WriteAsync(context, problem.StatusCode, problem.Message, problem.FieldErrors);
        }
        catch (BadHttpRequestException problem)
        {
            await WriteAsync(context, problem.StatusCode, problem.Message);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            LogFailure(log, context.Request.Path, e);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "The emulator failed; its error output says why.");
        }

        // Routing's own 404 and 405 have no body yet.
        if (context.Response is { HasStarted: false, StatusCode: 404 or 405 or 415, ContentLength: null, ContentType: null }
            && IsApi(context.Request.Path))
            await WriteAsync(context, context.Response.StatusCode, $"{context.Request.Method} {context.Request.Path} is not served here");
    }

    public static Task WriteAsync(HttpContext context, int status, string message, IReadOnlyList<FieldError>? fieldErrors = null)
    {
        context.Response.StatusCode = status;
        var body = new ErrorBody(message, context.TraceIdentifier, status, fieldErrors);
        return context.Response.WriteAsJsonAsync(body, EmulatorJson.Default.ErrorBody);
    }

    private static bool IsApi(PathString path) => path.StartsWithSegments("/v1") || path.StartsWithSegments("/_emulator");

    [LoggerMessage(LogLevel.Error, "The request for {Path} failed.")]
    private static partial void LogFailure(ILogger logger, string path, Exception exception);
}
