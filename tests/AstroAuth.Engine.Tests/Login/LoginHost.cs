using System.Collections.Concurrent;

namespace AstroAuth.Engine.Tests.Login;

/// <summary>The terminal a person sits at.</summary>
internal sealed class LoginHost : IAstroLoginHost
{
    private readonly TaskCompletionSource<Uri> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource<AstroDeviceCode> _code = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Uri> Link => _link.Task;

    public ConcurrentQueue<string> Warnings { get; } = new();

    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>What is typed; without it nobody types.</summary>
    public Func<Task<string?>> Type { get; init; } = () => Task.FromResult<string?>(null);

    /// <summary>Which of several is chosen; without it nobody can be asked.</summary>
    public Func<string, IReadOnlyList<AstroPlace>, AstroPlace?> Choose { get; init; } = (_, _) => null;

    public Task ShowLinkAsync(Uri link, AstroLoginMethod method)
    {
        _link.TrySetResult(link);
        return Task.CompletedTask;
    }

    public Task<AstroDeviceCode> Code => _code.Task;

    /// <summary>What the person does when the code is shown.</summary>
    public Func<Task> Seen { get; init; } = () => Task.CompletedTask;

    public async Task ShowCodeAsync(AstroDeviceCode code)
    {
        await Seen();
        _code.TrySetResult(code);
    }

    public Task<string?> ReadLineAsync(CancellationToken cancellationToken) => Type();

    public Task<AstroPlace?> ChooseAsync(string what, IReadOnlyList<AstroPlace> places) => Task.FromResult(Choose(what, places));

    public void Verbose(string text) => Told.Enqueue(text);

    public void Debug(string text) => Told.Enqueue(text);

    public void Warning(string text) => Warnings.Enqueue(text);
}
