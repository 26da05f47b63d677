using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>A test that deploys by plain HTTP.</summary>
public abstract class DeployTest(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private readonly List<string> _made = [];

    /// <summary>A deployment of this test alone, where CI/CD is not enforced.</summary>
    protected string Fresh { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Fresh = await MakeDeployment(Analytics);
    }

    public override async Task DisposeAsync()
    {
        await Client.Post("/_emulator/clock", new { reset = true });
        foreach (var id in _made)
            await Client.Delete(Deployment(id), Owner);
        await base.DisposeAsync();
    }

    /// <summary>A deployment that is there already; it is gone after the test.</summary>
    protected async Task<string> MakeDeployment(string workspaceId)
    {
        await Client.Post("/_emulator/settings", new { createSeconds = 0, deploySeconds = 0 });
        var created = await Client.Post(Client.Organization + "/deployments", new
        {
            name = "d-" + Guid.NewGuid().ToString("n")[..8], workspaceId, type = "STANDARD", cloudProvider = "AWS", region = "us-east-1",
            defaultTaskPodCpu = "0.5", defaultTaskPodMemory = "1Gi", resourceQuotaCpu = "20", resourceQuotaMemory = "40Gi",
        }, Owner);
        await Client.Post("/_emulator/settings", new { createSeconds = 30, deploySeconds = 10 });
        Assert.Equal("HEALTHY", (await Client.Get(Deployment(created.Value("id")), Owner)).Value("status"));
        return Made(created).Value("id");
    }

    protected Reply Made(Reply created)
    {
        if (created.Status == HttpStatusCode.OK)
            _made.Add(created.Value("id"));
        return created;
    }

    protected string Deployment(string id) => $"{Client.Organization}/deployments/{id}";

    protected string Deploys(string id) => Deployment(id) + "/deploys";

    protected Task<Reply> SetStatus(string id, string? status, string? reason = null) =>
        Client.Post($"/_emulator/deployments/{id}/status", status is null ? new { } : new { status, reason });

    protected async Task<(string Id, string Url)> CreateDeploy(string deployment, object? body = null)
    {
        var created = await Client.Post(Deploys(deployment), body ?? new { type = "DAG_ONLY" }, Owner);
        Assert.Equal(HttpStatusCode.OK, created.Status);
        return (created.Value("id"), created.Has("dagsUploadUrl") ? created.Value("dagsUploadUrl") : created.Value("bundleUploadUrl"));
    }

    protected async Task<HttpResponseMessage> Put(string url, byte[] bytes, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        foreach (var (name, value) in headers.Length > 0 ? headers : [("x-ms-blob-type", "BlockBlob")])
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value));
        return await Client.Http.SendAsync(request);
    }

    protected async Task<string> Upload(string url, byte[] bytes)
    {
        var response = await Put(url, bytes);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.GetValues("x-ms-version-id").Single();
    }

    /// <summary>All three steps; gives back the id of the deploy and the version of the DAGs.</summary>
    protected async Task<(string Id, string Version)> DeployDags(string deployment, params string[] files)
    {
        var (id, url) = await CreateDeploy(deployment);
        var version = await Upload(url, Bundle(files));
        var done = await Client.Post($"{Deploys(deployment)}/{id}/finalize", new { dagTarballVersion = version }, Owner);
        Assert.Equal(HttpStatusCode.OK, done.Status);
        return (id, version);
    }

    protected static byte[] Bundle(params string[] files)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var writer = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var file in files)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes("# " + file)),
                });
            }
        }

        return bytes.ToArray();
    }
}
