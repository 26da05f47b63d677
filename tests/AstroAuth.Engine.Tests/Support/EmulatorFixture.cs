namespace AstroAuth.Engine.Tests.Support;

/// <summary>One emulator for all tests of a class or of a collection.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private EmulatorProcess? _process;

    public EmulatorProcess Process => _process!;

    public async Task InitializeAsync() => _process = await EmulatorProcess.StartAsync();

    public async Task DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}

/// <summary>The tests that share one emulator, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedEmulator : ICollectionFixture<EmulatorFixture>
{
    public const string Name = "shared emulator";
}
