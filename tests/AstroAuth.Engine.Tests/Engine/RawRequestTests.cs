using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A raw request stays below /v1 of the connection's host, whatever its path tries.</summary>
public sealed class RawRequestTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1/")]
    [InlineData("..")]
    [InlineData("../private/v1alpha1/cli/auth-config")]
    [InlineData("organizations/../../private")]
    [InlineData("organizations/.")]
    [InlineData("%2e%2e/private")]
    [InlineData("%2E%2E/private")]
    [InlineData(".%2e/private")]
    [InlineData("v1/../private")]
    [InlineData("..%2fprivate")]
    [InlineData("organizations/..%2f..%2f..%2fprivate")]
    [InlineData("organizations%2f..%2f..%2fprivate")]
    [InlineData("organizations/..%5cprivate")]
    [InlineData("organizations//users")]
    [InlineData("v1//users/self")]
    [InlineData("organizations\\users")]
    [InlineData("https://evil.example/v1")]
    [InlineData("//evil.example//x")]
    [InlineData("organizations?limit=1")]
    [InlineData("organizations#x")]
    [InlineData("organizations\r\nX-Injected: 1")]
    [InlineData("organizations\u0000")]
    [InlineData("organizations%0d%0aX: 1")]
    public async Task path_out_of_the_api_is_refused(string path)
    {
        var failure = await Assert.ThrowsAsync<AstroException>(() => Send("GET", path));
        Assert.Equal(("InvalidPath", AstroErrorCategory.InvalidArgument), (failure.ErrorId, failure.Category));
        Assert.Empty(await Requests());
    }

    [Theory]
    [InlineData("organizations", "/v1/organizations")]
    [InlineData("/organizations", "/v1/organizations")]
    [InlineData("/v1/organizations", "/v1/organizations")]
    [InlineData("V1/organizations", "/v1/organizations")]
    [InlineData("evil.example/x", "/v1/evil.example/x")]
    [InlineData("@evil.example", "/v1/@evil.example")]
    [InlineData("http:evil", "/v1/http:evil")]
    [InlineData("a b/ü", "/v1/a b/ü")]
    [InlineData("a%20b", "/v1/a b")]
    [InlineData("..a/b..", "/v1/..a/b..")]
    [InlineData("{unknown}", "/v1/{unknown}")]
    public async Task every_other_path_is_below_v1_of_the_own_host(string path, string seen)
    {
        try
        {
            await Send("GET", path);
        }
        catch (AstroApiException)
        {
            // Astro knows few of them; only where they arrive is asked.
        }

        Assert.Equal(seen, Assert.Single(await Requests()).Path);
    }

    [Fact]
    public async Task placeholders_stand_for_the_connections_places()
    {
        var call = Call(Open(Emulator.TokenValue("deploymentAdmin")));
        await Send(call, "GET", "organizations/{organizationId}/deployments/{deploymentId}");
        Assert.Equal($"/v1/organizations/{Emulator.OrganizationId}/deployments/{SalesEtl}", Assert.Single(await Requests()).Path);
        await Fails<AstroException>("WorkspaceRequired", () => Send("GET", "organizations/{organizationId}/workspaces/{workspaceId}"));
        await Fails<AstroException>("DeploymentRequired", () => Send("GET", "organizations/{organizationId}/deployments/{deploymentId}"));
    }

    [Fact]
    public async Task organization_that_is_not_known_is_found_out()
    {
        var call = Call(Open(Emulator.UserToken("owner"), AstroCredentialKind.AccessToken));
        await Send(call, "GET", "organizations/{organizationId}");
        await Send(call, "GET", "organizations/{organizationId}");
        Assert.Equal(3, (await Requests()).Count);
    }

    [Fact]
    public async Task all_hands_over_every_item_of_every_page()
    {
        var items = new List<object?>();
        await Engine.SendAsync(
            OwnerCall(),
            new AstroRequest { Method = "GET", Path = "organizations/{organizationId}/tokens", All = true, Query = [new("limit", "7"), new("offset", "3")] },
            page =>
            {
                items.AddRange(page);
                return Task.CompletedTask;
            });
        Assert.Equal((await Client.Get($"{Tokens}?limit=1", Owner))["totalCount"].GetInt32(), items.Count);
        Assert.All((await Requests()).Where(r => r.Query.Contains("offset=", StringComparison.Ordinal)), r => Assert.Contains("limit=7", r.Query, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"totalCount":"5","tokens":[]}""")]
    [InlineData("""{"totalCount":1.5,"tokens":[]}""")]
    [InlineData("""{"totalCount":null,"tokens":[]}""")]
    [InlineData("""{"totalCount":5}""")]
    [InlineData("[]")]
    public async Task all_of_what_is_no_list_is_refused(string body)
    {
        await Answer("/tokens$", body);
        await Fails<AstroException>("NotPaged", () => Send(OwnerCall(), "GET", Root, all: true));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("""{"name":"\ud800"}""")]
    public async Task answer_that_is_no_json_is_said_so(string body)
    {
        await Answer("/organizations$", body);
        await Fails<AstroApiException>("InvalidResponse", () => Send("GET", "organizations"));
    }

    [Fact]
    public async Task answer_without_a_body_gives_nothing()
    {
        var (id, _) = await Client.Mint(new { scope = "WORKSPACE" });
        Assert.Empty(await Send("DELETE", $"{Root}/{id}"));
    }
}
