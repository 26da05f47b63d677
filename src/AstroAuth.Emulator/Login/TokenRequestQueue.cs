namespace AstroAuth.Emulator.Login;

/// <summary>Serves token requests one after the other: the in-memory store would let two of them redeem the same code or refresh token.</summary>
internal sealed class TokenRequestQueue(RequestDelegate next) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/oauth"))
        {
            await next(context);
            return;
        }

        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            await next(context);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
