using System.Text;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>The upload address: what it admits, and what the object store takes.</summary>
public sealed class UploadTests(EmulatorFixture fixture) : DeployTest(fixture)
{
    [Fact]
    public async Task each_upload_is_a_version_with_a_time_of_seven_digits()
    {
        var (_, url) = await CreateDeploy(Fresh);
        var first = await Upload(url, Bundle("dags/a.py"));
        var second = await Upload(url, Bundle("dags/b.py"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", first);
        Assert.True(string.CompareOrdinal(first, second) < 0);
    }

    [Fact]
    public async Task the_address_is_of_another_host_than_the_API()
    {
        var (_, url) = await CreateDeploy(Fresh);
        Assert.NotEqual(new Uri(Emulator.Address).Host, new Uri(url).Host);
    }

    [Fact]
    public async Task a_bearer_is_refused_even_with_a_good_signature()
    {
        var (_, url) = await CreateDeploy(Fresh);
        var response = await Put(url, [1], ("x-ms-blob-type", "BlockBlob"), ("Authorization", "Bearer " + Owner));
        await AssertProblem(response, HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo");
    }

    [Fact]
    public async Task a_changed_signature_blob_or_time_is_refused()
    {
        var (_, url) = await CreateDeploy(Fresh);
        var signature = url[(url.IndexOf("sig=", StringComparison.Ordinal) + 4)..];
        var other = (signature[0] == 'A' ? 'B' : 'A') + signature[1..];
        foreach (var changed in new[]
        {
            url.Replace(signature, other, StringComparison.Ordinal),
            url.Replace(Fresh, SalesEtl, StringComparison.Ordinal),
            url.Replace("se=2", "se=3", StringComparison.Ordinal),
            url[..url.IndexOf('?', StringComparison.Ordinal)],
        })
            await AssertProblem(await Put(changed, [1]), HttpStatusCode.Forbidden, "AuthenticationFailed");
    }

    [Fact]
    public async Task the_address_ends_by_the_clock()
    {
        var (_, url) = await CreateDeploy(Fresh);
        await Client.Advance(TimeSpan.FromMinutes(59));
        await Upload(url, Bundle("dags/a.py"));
        await Client.Advance(TimeSpan.FromMinutes(2));
        await AssertProblem(await Put(url, [1]), HttpStatusCode.Forbidden, "AuthenticationFailed");
    }

    [Fact]
    public async Task the_address_is_good_for_writing_only()
    {
        var (_, url) = await CreateDeploy(Fresh);
        await Upload(url, Bundle("dags/a.py"));
        await AssertProblem(await Client.Http.GetAsync(new Uri(url)), HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch");
    }

    [Fact]
    public async Task a_blob_needs_its_type()
    {
        var (_, url) = await CreateDeploy(Fresh);
        await AssertProblem(await Put(url, [1], ("x-ms-version", "2024-05-04")), HttpStatusCode.BadRequest, "MissingRequiredHeader");
        await AssertProblem(await Put(url, [1], ("x-ms-blob-type", "PageBlob")), HttpStatusCode.BadRequest, "InvalidHeaderValue");
    }

    [Fact]
    public async Task a_wrong_checksum_is_refused()
    {
        var (_, url) = await CreateDeploy(Fresh);
        var response = await Put(url, [1], ("x-ms-blob-type", "BlockBlob"), ("Content-MD5", Convert.ToBase64String(new byte[16])));
        await AssertProblem(response, HttpStatusCode.BadRequest, "Md5Mismatch");
    }

    [Fact]
    public async Task blocks_become_the_blob_in_the_order_of_their_list()
    {
        var (id, url) = await CreateDeploy(Fresh);
        var bytes = Bundle("dags/in_blocks.py");
        string[] ids = [.. new List<string> { "block-2", "block-1" }.Select(b => Convert.ToBase64String(Encoding.ASCII.GetBytes(b)))];
        foreach (var (block, part) in ids.Zip([bytes[..20], bytes[20..]]))
            Assert.Equal(HttpStatusCode.Created, (await Put($"{url}&comp=block&blockid={Uri.EscapeDataString(block)}", part)).StatusCode);
        var list = await Put(url + "&comp=blocklist", BlockList(ids));
        Assert.Equal(HttpStatusCode.Created, list.StatusCode);

        var version = list.Headers.GetValues("x-ms-version-id").Single();
        await Client.Post($"{Deploys(Fresh)}/{id}/finalize", new { dagTarballVersion = version }, Owner);
        var content = await Client.Http.GetByteArrayAsync(new Uri($"/_emulator/deployments/{Fresh}/bundle/content", UriKind.Relative));
        Assert.Equal(bytes, content);
        await AssertProblem(await Put(url + "&comp=blocklist", BlockList(ids)), HttpStatusCode.BadRequest, "InvalidBlockList");
    }

    [Fact]
    public async Task block_ids_have_one_length()
    {
        var (_, url) = await CreateDeploy(Fresh);
        Assert.Equal(HttpStatusCode.Created, (await Put(url + "&comp=block&blockid=YWFh", [1])).StatusCode);
        await AssertProblem(await Put(url + "&comp=block&blockid=YWFhYWFh", [2]), HttpStatusCode.BadRequest, "InvalidBlobOrBlock");
        await AssertProblem(await Put(url + "&comp=block&blockid=???", [2]), HttpStatusCode.BadRequest, "InvalidQueryParameterValue");
    }

    [Fact]
    public async Task the_log_keeps_no_signature()
    {
        var (_, url) = await CreateDeploy(Fresh);
        await Upload(url, Bundle("dags/a.py"));
        var signature = Uri.UnescapeDataString(url[(url.IndexOf("sig=", StringComparison.Ordinal) + 4)..]);
        var log = (await Client.Get("/_emulator/requests")).Text;
        Assert.Contains("/blob/", log, StringComparison.Ordinal);
        Assert.DoesNotContain(signature[..20], Uri.UnescapeDataString(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_upload_can_break_in_the_middle()
    {
        var (_, url) = await CreateDeploy(Fresh);
        await Client.Post("/_emulator/faults", new { method = "PUT", path = "^/blob/", cut = "during" });
        await Assert.ThrowsAsync<HttpRequestException>(() => Put(url, new byte[3_000_000]));
        await Upload(url, Bundle("dags/a.py"));
    }

    private static byte[] BlockList(IEnumerable<string> ids) => Encoding.UTF8.GetBytes(
        $"""<?xml version="1.0" encoding="utf-8"?><BlockList>{string.Concat(ids.Select(i => $"<Latest>{i}</Latest>"))}</BlockList>""");

    private static async Task AssertProblem(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, response.Headers.GetValues("x-ms-error-code").Single());
        Assert.Contains($"<Code>{code}</Code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
