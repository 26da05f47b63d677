using System.IO;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>A test that publishes a folder to the emulator's deployment 'reporting', awake and well.</summary>
public abstract class PublishTest(EmulatorFixture fixture) : EngineTest(fixture), IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    protected string Reporting => Emulator.DeploymentId("reporting");

    protected string Deploys => $"{Client.Organization}/deployments/{Reporting}/deploys";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await SetStatus(Reporting, "HEALTHY");
        Folder.Write("dags/dag.py");
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task SetStatus(string deployment, string? status, string? reason = null) =>
        Client.Post($"/_emulator/deployments/{deployment}/status", status is null ? new { } : new { status, reason });

    protected AstroPublishRequest Request => new() { Folder = Path.Combine(Folder.Path, "dags"), Deployment = Reporting, NoGit = true };

    protected Task<AstroDeploy> Publish(AstroPublishRequest? request = null) => Publish(OwnerCall(), request);

    protected async Task<AstroDeploy> Publish(AstroCall call, AstroPublishRequest? request = null) =>
        await Engine.PublishAsync(call, await Engine.PlanPublishAsync(call, request ?? Request), null);

    protected static async Task<AstroPublishException> FailsAt(AstroPublishStep step, string errorId, Func<Task> action)
    {
        var failure = await Fails<AstroPublishException>(errorId, action);
        Assert.Equal(step, failure.Failure.Step);
        Assert.Same(failure.Failure, failure.Target);
        return failure;
    }

    protected async Task<JsonElement> Bundle(string query = "") => (await Client.Get($"/_emulator/deployments/{Reporting}/bundle{query}")).Json;

    /// <summary>More than one part, which nothing makes smaller.</summary>
    protected void WriteLarge(int megabytes)
    {
        var bytes = new byte[megabytes << 20];
        new Random(3).NextBytes(bytes);
        Folder.Write("dags/data.bin", bytes);
    }

    protected async Task<List<SeenRequest>> Uploads() => [.. (await Requests()).Where(r => r.Method == "PUT")];

    protected async Task<List<SeenRequest>> Writes() => [.. (await Requests()).Where(r => r.Method is not "GET")];
}
