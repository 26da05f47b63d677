using System.IO;
using System.Reflection;
using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Control;
using AstroAuth.Emulator.Login;
using AstroAuth.Emulator.Seed;
using AstroAuth.Emulator.Store;
using Microsoft.Extensions.Hosting;

namespace AstroAuth.Emulator.Hosting;

/// <summary>One run of the emulator, from the arguments to the exit code.</summary>
internal static class EmulatorHost
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var terminal = Terminal.OfThisProcess();
        var (options, error) = EmulatorOptions.Parse(arguments);
        if (error is not null)
        {
            await terminal.Error.WriteLineAsync(error);
            return BadUsage;
        }

        if (options.Help || options.Version)
        {
            var version = typeof(EmulatorHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            await terminal.Output.WriteLineAsync(options.Help ? EmulatorOptions.Usage.TrimEnd() : version);
            return 0;
        }

        using var sockets = new LoopbackSockets();
        if (sockets.Bind(options.Port) is not { } port)
            return await FailAsync(terminal, $"Port {options.Port} is taken by another program. Choose another with --port, or --port 0 for a free one.");
        if (sockets.Bind(options.HttpsPort) is not { } httpsPort)
            return await FailAsync(terminal, $"Port {options.HttpsPort} is taken by another program. Choose another with --https-port, or 0 for a free one.");

        try
        {
            using var certificate = ServerCertificate.Create(options.CaFile, options.RsaKeys);
            await ServeAsync(terminal, options, new EmulatorAddresses(port, httpsPort), sockets, certificate);
            return 0;
        }
        catch (Exception e) when (options.CaFile is not null && e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(terminal, $"The certificate cannot be written to '{options.CaFile}': {e.Message}");
        }
    }

    private static async Task<int> FailAsync(Terminal terminal, string sentence)
    {
        await terminal.Error.WriteLineAsync(sentence);
        return Failed;
    }

    private static async Task ServeAsync(
        Terminal terminal, EmulatorOptions options, EmulatorAddresses addresses, LoopbackSockets sockets, ServerCertificate certificate)
    {
        await using var app = ServerSetup.Build(options, addresses, sockets, certificate);
        var state = Seed(app.Services, options, addresses, certificate.CaFile);
        SeedDeployments.AddMany(app.Services.GetRequiredService<AstroDirectory>(), options.SeedDeployments);
        var holder = app.Services.GetRequiredService<StateHolder>();
        holder.State = state;
        holder.Reset = app.Services.GetRequiredService<AstroDirectory>().Remember() + app.Services.GetRequiredService<TokenStore>().Remember()
            + app.Services.GetRequiredService<DeployStore>().Remember() + app.Services.GetRequiredService<AirflowStore>().Remember();
        await app.StartAsync();
        await ReadyText.WriteAsync(terminal.Output, state);

        var lifetime = app.Lifetime;
        if (options.ParentProcessId is { } parent)
            await Task.WhenAny(ParentWatch.WaitForEndAsync(parent, lifetime.ApplicationStopping), app.WaitForShutdownAsync());
        else
            await app.WaitForShutdownAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
    }

    private static EmulatorState Seed(
        IServiceProvider services, EmulatorOptions options, EmulatorAddresses addresses, string caFile)
    {
        var directory = services.GetRequiredService<AstroDirectory>();
        var mint = services.GetRequiredService<TokenMint>();
        var tokens = services.GetRequiredService<TokenStore>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var samples = SeedTokens.AddTo(tokens, directory, mint, now);
        SeedDags.AddTo(directory, services.GetRequiredService<AirflowStore>(), services.GetRequiredService<DeployStore>(), now);
        SeedTokens.AddMany(tokens, directory, now, options.SeedTokens);

        var home = directory.Home;
        var foreign = directory.Organizations[1];
        return new(
            addresses.Http, $"localhost:{addresses.Port}", addresses.Https, addresses.Https, caFile, Environment.ProcessId,
            new(home.Id, home.Name), new(foreign.Id, foreign.Name),
            [.. directory.Workspaces.Where(w => w.OrganizationId == home.Id).Select(w => new NamedEntity(w.Id, w.Name))],
            [.. directory.Deployments.Where(d => d.OrganizationId == home.Id).Select(d => new NamedEntity(d.Id, d.Name, d.WorkspaceId))],
            samples,
            new Dictionary<string, SampleUser>
            {
                ["owner"] = Sample("amara.okafor@northwind.example"),
                ["workspaceOwner"] = Sample("lena.brandt@northwind.example"),
                ["operator"] = Sample("ravi.menon@northwind.example"),
                ["member"] = Sample("tom.ellis@northwind.example"),
                ["alsoInvited"] = Sample("sofia.reyes@northwind.example"),
                ["invited"] = Sample("mila.novak@northwind.example"),
                ["outsider"] = Sample("otto.vance@fabrikam.example"),
            },
            directory.LegacyKey);

        SampleUser Sample(string email)
        {
            var user = directory.UserByEmail(email)!;
            var value = mint.UserValue(
                user, addresses.Issuer, AuthConfigEndpoint.ClientId, TokenMint.Audience, "openid profile email offline_access",
                TimeSpan.FromHours(24));
            return new(user.Email, user.Password, value);
        }
    }
}
