using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Hosting;

namespace AstroAuth.Emulator.Api;

/// <summary>Lets nobody into /v1 without a credential that is good now, and counts calls when limits are on.</summary>
internal sealed class ApiGate(RequestDelegate next, BearerGate gate, EmulatorSettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Caller, string Method), (long Second, int Count)> _windows = [];

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v1"))
        {
            await next(context);
            return;
        }

        var answer = await gate.CheckAsync(context.Request.Headers.Authorization, recordUse: true);
        if (answer.Caller is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ApiProblem(StatusCodes.Status401Unauthorized, "Unauthorized: " + answer.Reason);
        }

        if (caller.Kind == CallerKind.AgentToken)
            throw ApiProblem.Forbidden("An agent token is for Remote Execution agents and not for this API");
        if (caller.Kind == CallerKind.DirectToken && settings.RefuseDirectAccess)
            throw new ApiProblem(StatusCodes.Status401Unauthorized, "Unauthorized: a token of the kind DIRECT_ACCESS is for Airflow");
        if (settings.EnforceRateLimits && IsOverLimit(caller.Id, context.Request.Method))
        {
            context.Response.Headers.RetryAfter = "1";
            throw new ApiProblem(StatusCodes.Status429TooManyRequests, "Too many requests");
        }

        context.SetCaller(caller);
        await next(context);
    }

    private bool IsOverLimit(string caller, string method)
    {
        var limit = method switch { "GET" => 25, "DELETE" => 5, _ => 10 };
        var second = Environment.TickCount64 / 1000;
        lock (_lock)
        {
            _windows.TryGetValue((caller, method), out var window);
            window = window.Second == second ? (second, window.Count + 1) : (second, 1);
            _windows[(caller, method)] = window;
            return window.Count > limit;
        }
    }
}
