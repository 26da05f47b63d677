using AstroAuth.Emulator.Access;

namespace AstroAuth.Emulator.Control;

/// <summary>Whether a watched value would have been let in, right after something had happened.</summary>
internal sealed record Sighting(string Name, string After, bool Authenticates, string? TokenId);

/// <summary>
/// Bearer values that somebody keeps somewhere, under a name. After every request and every change of a value it is
/// written down whether the value of that moment works, so that a program can prove that it never held a dead one.
/// </summary>
internal sealed class Watch(BearerGate gate) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, string> _values = [];
    private readonly List<Sighting> _sightings = [];

    public Task SetAsync(string name, string? value) => UnderGateAsync(async () =>
    {
        if (value is null)
            _values.Remove(name);
        else
            _values[name] = value;
        await LookAsync("value of " + name);
    });

    public Task SeeAsync(string after) => UnderGateAsync(() => LookAsync(after));

    public async Task<IReadOnlyList<Sighting>> AllAsync()
    {
        Sighting[] all = [];
        await UnderGateAsync(() =>
        {
            all = [.. _sightings];
            return Task.CompletedTask;
        });
        return all;
    }

    public Task ClearAsync() => UnderGateAsync(() =>
    {
        _values.Clear();
        _sightings.Clear();
        return Task.CompletedTask;
    });

    public void Dispose() => _gate.Dispose();

    private async Task LookAsync(string after)
    {
        foreach (var (name, value) in _values)
        {
            var answer = await gate.CheckAsync("Bearer " + value, recordUse: false);
            _sightings.Add(new(name, after, answer.Caller is not null, answer.TokenId));
        }
    }

    private async Task UnderGateAsync(Func<Task> action)
    {
        await _gate.WaitAsync();
        try
        {
            await action();
        }
        finally
        {
            _gate.Release();
        }
    }
}

/// <summary>Looks at the watched values when a request has had its effect, before the caller learns of it.</summary>
internal sealed class WatchMiddleware(RequestDelegate next, Watch watch)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ControlApi.Owns(context.Request))
        {
            await next(context);
            return;
        }

        var seen = false;
        context.Response.OnStarting(SeeAsync);
        await next(context);
        await SeeAsync();

        Task SeeAsync()
        {
            if (seen)
                return Task.CompletedTask;
            seen = true;
            return watch.SeeAsync($"{context.Request.Method} {context.Request.Path.Value}");
        }
    }
}
