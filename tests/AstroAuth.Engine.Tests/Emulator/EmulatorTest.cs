using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>A test against the shared emulator: real time, no faults and the first settings at its start.</summary>
[Collection(SharedEmulator.Name)]
public abstract class EmulatorTest(EmulatorFixture fixture) : IAsyncLifetime
{
    protected EmulatorProcess Emulator { get; } = fixture.Process;
    protected EmulatorClient Client { get; } = new(fixture.Process);

    protected string Tokens => Client.Organization + "/tokens";
    protected string Owner => Emulator.TokenValue("organizationOwner");
    protected string DataPlatform => Emulator.WorkspaceId("Data Platform");
    protected string Analytics => Emulator.WorkspaceId("Analytics");
    protected string SalesEtl => Emulator.DeploymentId("sales-etl");

    public virtual async Task InitializeAsync()
    {
        await Client.Post("/_emulator/clock", new { reset = true });
        await Client.Delete("/_emulator/faults");
        await Client.Delete("/_emulator/requests");
        await Client.Post("/_emulator/settings", new
        {
            accessTokenLifetimeSeconds = 86400, enforceRateLimits = false, latencyMs = 0, revokeOnRefreshReuse = true,
            createSeconds = 30, deploySeconds = 10, runQueuedSeconds = 5, runRunningSeconds = 20, uploadUrlLifetimeSeconds = 3600, renewUploadUrl = false, advanceSecondsPerRequest = 0,
            refuseDirectAccess = false,
            deviceCode = false, deviceCodeIntervalSeconds = 5, deviceCodeLifetimeSeconds = 900, idToken = "right",
        });
    }

    public virtual Task DisposeAsync()
    {
        Client.Dispose();
        return Task.CompletedTask;
    }

    protected async Task<Reply> CreateWorkspaceToken(int? days = 90, string role = "WORKSPACE_AUTHOR")
    {
        var body = new Dictionary<string, object>
        {
            ["name"] = "made by a test", ["role"] = role, ["scope"] = "WORKSPACE", ["entityId"] = DataPlatform,
        };
        if (days is { } period)
            body["tokenExpiryPeriodInDays"] = period;
        var created = await Client.Post(Tokens, body, Owner);
        Assert.Equal(HttpStatusCode.OK, created.Status);
        return created;
    }
}
