using System.Net.Sockets;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Login;

/// <summary>One emulator for the tests that sign in; they come one after the other because there is one callback port.</summary>
public sealed class LoginFixture : IAsyncLifetime
{
    // Whoever holds the port beside the callback's may sign in on this machine; the Pester files know it too.
    private TcpListener? _turn;

    public EmulatorProcess Emulator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _turn = await WaitForTurnAsync();
        Emulator = await EmulatorProcess.StartAsync();
        Environment.SetEnvironmentVariable("ASTRO_CA_FILE", Emulator.CaFile);
    }

    public async Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable("ASTRO_CA_FILE", null);
        await Emulator.DisposeAsync();
        _turn?.Dispose();
    }

    private static async Task<TcpListener> WaitForTurnAsync()
    {
        var turn = new TcpListener(IPAddress.Loopback, 12346);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            try
            {
                turn.Start();
                return turn;
            }
            catch (SocketException)
            {
                await Task.Delay(100, patience.Token);
            }
        }
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SharedLogin : ICollectionFixture<LoginFixture>
{
    public const string Name = "login";
}

/// <summary>What the tests that sign in have in common.</summary>
[Collection(SharedLogin.Name)]
public abstract class LoginTest(LoginFixture fixture)
{
    private protected EmulatorProcess Emulator { get; } = fixture.Emulator;

    private protected AstroEngine Engine { get; } = new();

    private protected AstroLoginRequest Request => new() { Name = "me", Domain = Emulator.HttpsAddress, Method = AstroLoginMethod.Link };

    private protected async Task<AstroConnection> SignInAsync(AstroLoginRequest? request = null, string user = "owner", LoginHost? host = null)
    {
        host ??= new LoginHost();
        var login = Engine.SignInAsync(request ?? Request, host, CancellationToken.None);
        await Task.WhenAny(login, host.Link);
        if (host.Link.IsCompleted)
        {
            using var person = new Person(Emulator.CaFile);
            await person.GetAsync(await person.LogInAsync(await host.Link, Emulator.User(user)));
        }

        return await login;
    }

    private protected static AstroCall Call(AstroConnection connection, IAstroSink? sink = null) => new(connection, sink ?? new LoginHost(), CancellationToken.None);

    private protected async Task<IReadOnlyList<JsonElement>> RequestsAsync(string path)
    {
        using var client = new EmulatorClient(Emulator);
        var log = (await client.Get("/_emulator/requests")).Json;
        return [.. log.EnumerateArray().Where(r => r.GetProperty("path").GetString() == path)];
    }

    private protected async Task ForgetRequestsAsync()
    {
        using var client = new EmulatorClient(Emulator);
        await client.Delete("/_emulator/requests");
    }

    private protected async Task SetAsync(object settings)
    {
        using var client = new EmulatorClient(Emulator);
        await client.Post("/_emulator/settings", settings);
    }
}
