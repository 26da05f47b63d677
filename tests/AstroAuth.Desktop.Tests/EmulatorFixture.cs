namespace AstroAuth.Engine.Tests.Support;

/// <summary>One emulator for all tests. Mono knows no certificates with keys on elliptic curves, so its keys are RSA's.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private EmulatorProcess? _process;

    public EmulatorProcess Process => _process!;

    public async Task InitializeAsync() => _process = await EmulatorProcess.StartAsync("--rsa");

    public Task DisposeAsync() => _process?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}

/// <summary>The tests that share one emulator, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedEmulator : ICollectionFixture<EmulatorFixture>
{
    public const string Name = "shared emulator";
}
