namespace AstroAuth.Emulator.Login;

/// <summary>Makes the clients of the login known before the first request to it.</summary>
internal sealed class LoginClients(RequestDelegate next, IServiceProvider services) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _areKnown;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!_areKnown)
            await AddAsync();
        await next(context);
    }

    private async Task AddAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (!_areKnown)
                await LoginServer.AddClientsAsync(services);
            _areKnown = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
