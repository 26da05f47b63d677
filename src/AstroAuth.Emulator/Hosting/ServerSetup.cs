using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Airflow;
using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Api.Deployments;
using AstroAuth.Emulator.Api.Deploys;
using AstroAuth.Emulator.Api.Tokens;
using AstroAuth.Emulator.Blob;
using AstroAuth.Emulator.Control;
using AstroAuth.Emulator.Login;
using AstroAuth.Emulator.Seed;
using AstroAuth.Emulator.Store;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AstroAuth.Emulator.Hosting;

/// <summary>Puts the server together.</summary>
internal static class ServerSetup
{
    public static WebApplication Build(
        EmulatorOptions options, EmulatorAddresses addresses, LoopbackSockets sockets, ServerCertificate certificate)
    {
        // Configuration files and variables of the folder it is started in are none of the emulator's business.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        // Data protection warns that its keys are not encrypted; they never leave the memory.
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var endpoint in sockets.Endpoints)
            {
                if (endpoint.Port == addresses.HttpsPort)
                    kestrel.Listen(endpoint, listen => listen.UseHttps(certificate.Certificate));
                else
                    kestrel.Listen(endpoint);
            }
        });

        var services = builder.Services;
        // The emulator keeps its standard output for the READY line, so logs go to the error stream.
        services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        services.Configure<SocketTransportOptions>(o => o.CreateBoundListenSocket = endpoint => sockets.Take(endpoint));
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var clock = new MovableClock();
        var keys = new SigningKeys();
        services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(keys).AddSingleton(addresses)
            .AddSingleton(new EmulatorSettings { LatencyMilliseconds = options.LatencyMilliseconds, DeviceCode = options.DeviceCode })
            .AddSingleton(SeedDirectory.Create(clock.GetUtcNow()))
            .AddSingleton<DeployStore>().AddSingleton<BlobStore>().AddSingleton<UploadAddress>().AddSingleton<DeploymentLife>()
            .AddSingleton<AirflowStore>().AddSingleton<AirflowRules>()
            .AddSingleton<TokenStore>().AddSingleton<TokenMint>().AddSingleton<BearerGate>().AddSingleton<AccessRules>()
            .AddSingleton<FaultBook>().AddSingleton<RequestLog>().AddSingleton<Watch>().AddSingleton<StateHolder>();
        services.AddRouting();
        services.Configure<KeyManagementOptions>(o => o.XmlRepository = new ForgottenKeys());
        services.AddLogin(keys);

        var app = builder.Build();
        app.Use((context, next) =>
        {
            // Whoever asks what time it is here gets the movable clock's answer, from a fault too.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Date = clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<WatchMiddleware>();
        app.UseMiddleware<ApiErrors>();
        app.UseMiddleware<ApiGate>();
        app.UseMiddleware<TokenRequestQueue>();
        app.UseRouting();
        app.UseLogin();
        MapAll(app);
        return app;
    }

    private static void MapAll(WebApplication app)
    {
        AuthConfigEndpoint.Map(app);
        AuthorizeEndpoint.Map(app);
        LoginEndpoints.Map(app);
        ActivateEndpoint.Map(app);
        OAuthTokenEndpoint.Map(app);
        UserInfoEndpoint.Map(app);
        OrganizationEndpoints.Map(app);
        WorkspaceEndpoints.Map(app);
        DeploymentReads.Map(app);
        DeploymentCreation.Map(app);
        DeploymentChanges.Map(app);
        HibernationEndpoints.Map(app);
        DeploymentOptions.Map(app);
        ClusterEndpoints.Map(app);
        DeployReads.Map(app);
        DeployCreation.Map(app);
        DeployChanges.Map(app);
        BlobEndpoint.Map(app);
        AirflowDags.Map(app);
        AirflowRuns.Map(app);
        RoleEndpoints.Map(app);
        RoleWrites.Map(app);
        UserEndpoints.Map(app);
        TokenReads.Map(app);
        TokenCreation.Map(app);
        TokenChanges.Map(app);
        TokenRoles.Map(app);
        AgentTokens.Map(app);
        ControlApi.Map(app);
    }
}
