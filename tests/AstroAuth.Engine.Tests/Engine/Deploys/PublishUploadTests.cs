using System.IO;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>The upload of a bundle: whole or in parts, what is sent again, and where nothing is sent to.</summary>
public sealed class PublishUploadTests(EmulatorFixture fixture) : PublishTest(fixture)
{
    [Fact]
    public async Task upload_carries_no_credential_but_its_address_and_a_small_one_is_one_request()
    {
        await Publish();
        var upload = Assert.Single(await Uploads());
        // The emulator would have refused it, and writes down whether there was one.
        Assert.Null(upload.Headers["Authorization"]);
        Assert.DoesNotContain("sig=", Sink.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task large_bundle_goes_in_parts_of_which_only_the_broken_one_is_sent_again()
    {
        WriteLarge(9);
        await Fault(new { method = "PUT", cut = "during", skip = 1 });
        var deploy = await Publish();
        Assert.Equal("DEPLOYED", deploy.Status);
        // Three parts, one of them twice, and the list.
        Assert.Equal(5, (await Uploads()).Count);
        var entries = (await Bundle()).GetProperty("entries").EnumerateArray().ToDictionary(e => e.GetProperty("name").GetString()!, e => e.GetProperty("sha256").GetString());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder.Path, "dags", "data.bin")))), entries["dags/data.bin"]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task upload_is_sent_again_when_the_store_fails(int status)
    {
        await Fault(new { method = "PUT", status, count = 2 });
        Assert.Equal("DEPLOYED", (await Publish()).Status);
        Assert.Equal(3, (await Uploads()).Count);
    }

    [Fact]
    public async Task refused_upload_says_the_step_and_what_stays_and_not_the_address()
    {
        await Fault(new { method = "PUT", status = 403, count = 0, headers = new Dictionary<string, string> { ["x-ms-error-code"] = "AuthenticationFailed" } });
        var failure = await FailsAt(AstroPublishStep.Upload, "UploadRefused", () => Publish());
        Assert.Equal("INITIALIZED", failure.Failure.DeployStatus);
        Assert.Contains(failure.Failure.DeployId!, failure.Message, StringComparison.Ordinal);
        Assert.Contains("AuthenticationFailed", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", failure + Sink.All, StringComparison.Ordinal);

        // The next run says what the former one left.
        await Client.Delete("/_emulator/faults");
        await Publish();
        Assert.Contains(Sink.Warnings, w => w.Contains(failure.Failure.DeployId!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task address_that_ends_in_the_middle_is_renewed_and_what_was_sent_stays()
    {
        WriteLarge(9);
        // Each request takes so long that the third part comes too late.
        await Client.Post("/_emulator/settings", new { renewUploadUrl = true, uploadUrlLifetimeSeconds = 60, advanceSecondsPerRequest = 25 });
        var deploy = await Publish();
        Assert.Equal("DEPLOYED", deploy.Status);
        Assert.Equal([201, 201, 403, 201, 201], (await Uploads()).Select(r => r.Status ?? 0));
        Assert.DoesNotContain("sig=", Sink.All, StringComparison.Ordinal);
        Assert.Equal(deploy.DagTarballVersion, (await Bundle()).GetProperty("version").GetString());
    }

    [Fact]
    public async Task address_that_was_refused_at_once_is_renewed_too()
    {
        await Client.Post("/_emulator/settings", new { renewUploadUrl = true, advanceSecondsPerRequest = 1 });
        await Fault(new { method = "PUT", status = 403 });
        Assert.Equal("DEPLOYED", (await Publish()).Status);
        Assert.Equal([403, 201], (await Uploads()).Select(r => r.Status ?? 0));
    }

    [Theory]
    [InlineData("https://store.example/blob/x?sig=abc")]
    [InlineData("{0}/blob/another?sig=abc")]
    [InlineData(null)]
    public async Task address_of_another_blob_is_not_gone_on_with(string? address)
    {
        await Client.Post("/_emulator/settings", new { uploadUrlLifetimeSeconds = 0 });
        await Answer("/deploys/[a-z0-9]+$", JsonSerializer.Serialize(new { id = "cdeploy", status = "INITIALIZED", dagsUploadUrl = address is null ? null : string.Format(System.Globalization.CultureInfo.InvariantCulture, address, Emulator.Address) }));
        var failure = await FailsAt(AstroPublishStep.Upload, "UploadRefused", () => Publish());
        Assert.DoesNotContain("sig", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(await Uploads());
    }

    [Fact]
    public async Task ended_address_is_what_is_told_where_nobody_may_look_for_a_new_one()
    {
        await Client.Post("/_emulator/settings", new { renewUploadUrl = true, uploadUrlLifetimeSeconds = 0 });
        var (_, value) = await Client.Mint(new { scope = "DEPLOYMENT", entityId = Reporting, role = "DAG Deployer" });
        await FailsAt(AstroPublishStep.Upload, "UploadRefused", () => Publish(Call(Open(value))));
    }

    [Fact]
    public async Task store_that_names_no_version_is_an_error()
    {
        await Fault(new { method = "PUT", status = 201, body = "" });
        await FailsAt(AstroPublishStep.Upload, "UploadVersionMissing", () => Publish());
    }

    [Theory]
    [InlineData("http://store.example/x?sig=abc")]
    [InlineData("https://store.example/x?sig=abc")]
    [InlineData("nonsense")]
    public async Task unsafe_address_gets_nothing(string address)
    {
        await Answer("/deploys$", JsonSerializer.Serialize(new { id = "cdeploy", status = "INITIALIZED", dagsUploadUrl = address }), count: 2);
        var failure = await FailsAt(AstroPublishStep.Upload, "UploadAddressRefused", () => Publish());
        Assert.DoesNotContain("sig", failure.ToString(), StringComparison.Ordinal);
    }
}
