using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>The token endpoint: codes, refresh tokens and keys.</summary>
public sealed class OAuthTests(EmulatorFixture fixture) : LoginTest(fixture)
{
    [Fact]
    public async Task code_becomes_tokens_of_astros_form()
    {
        var tokens = await LogInAndRedeem();
        Assert.Equal("Bearer", tokens.Value("token_type"));
        Assert.Equal(86400, tokens["expires_in"].GetInt32());
        Assert.NotEmpty(tokens.Value("refresh_token"));

        var access = Jwt.Payload(tokens.Value("access_token"));
        Assert.Equal("RS256", Jwt.Header(tokens.Value("access_token")).GetProperty("alg").GetString());
        Assert.Equal(Emulator.Address + "/", access.GetProperty("iss").GetString());
        Assert.Equal(0, access.GetProperty("permissions").GetArrayLength());
        Assert.Equal(["astronomer-ee", Emulator.Address + "/userinfo"], access.GetProperty("aud").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(ClientId, access.GetProperty("azp").GetString());
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(tokens.Value("access_token")));

        var identity = Jwt.Payload(tokens.Value("id_token"));
        Assert.Equal("some-nonce", identity.GetProperty("nonce").GetString());
        Assert.Equal("amara.okafor@northwind.example", identity.GetProperty("email").GetString());
        Assert.Equal(access.GetProperty("sub").GetString(), identity.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task user_info_tells_the_email_and_needs_a_token()
    {
        var tokens = await LogInAndRedeem();
        Assert.Equal("amara.okafor@northwind.example", (await Client.Get("/userinfo", tokens.Value("access_token"))).Value("email"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Client.Get("/userinfo")).Status);
    }

    [Fact]
    public async Task without_the_audience_the_token_is_not_for_the_api()
    {
        var tokens = await LogInAndRedeem(("audience", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(tokens.Value("access_token")));
        Assert.Equal(HttpStatusCode.OK, (await Client.Get("/userinfo", tokens.Value("access_token"))).Status);
    }

    [Fact]
    public async Task code_needs_its_verifier_and_serves_once()
    {
        var (code, verifier) = await LogIn();
        AssertGrantRefused(await Redeem(code, new string('x', 43)));
        (code, verifier) = await LogIn();
        Assert.Equal(HttpStatusCode.OK, (await Redeem(code, verifier)).Status);
        AssertGrantRefused(await Redeem(code, verifier));
    }

    [Fact]
    public async Task unknown_parameters_are_refused()
    {
        var (code, verifier) = await LogIn();
        var reply = await Redeem(code, verifier, ("client_info", "1"));
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("invalid_request", reply.Value("error"));
        Assert.Contains("client_info", reply.Value("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task refresh_rotates_and_reuse_kills_the_family()
    {
        var first = await LogInAndRedeem();
        var second = await Refresh(first.Value("refresh_token"));
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.NotEqual(first.Value("refresh_token"), second.Value("refresh_token"));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(second.Value("access_token")));

        AssertGrantRefused(await Refresh(first.Value("refresh_token")));
        AssertGrantRefused(await Refresh(second.Value("refresh_token")));
    }

    [Fact]
    public async Task parallel_refreshes_with_one_token_succeed_exactly_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var first = await LogInAndRedeem();
            var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Refresh(first.Value("refresh_token"))));
            Assert.Single(replies, r => r.Status == HttpStatusCode.OK);
            Assert.All(replies.Where(r => r.Status != HttpStatusCode.OK), AssertGrantRefused);
        }
    }

    [Fact]
    public async Task reuse_can_be_told_to_spare_the_family()
    {
        await Client.Post("/_emulator/settings", new { revokeOnRefreshReuse = false });
        var first = await LogInAndRedeem();
        var second = await Refresh(first.Value("refresh_token"));
        AssertGrantRefused(await Refresh(first.Value("refresh_token")));
        Assert.Equal(HttpStatusCode.OK, (await Refresh(second.Value("refresh_token"))).Status);
    }

    [Fact]
    public async Task refresh_keeps_the_audience_and_follows_the_clock()
    {
        var first = await LogInAndRedeem();
        await Client.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(first.Value("access_token")));
        var second = await Refresh(first.Value("refresh_token"));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(second.Value("access_token")));
        await Client.Advance(TimeSpan.FromDays(40));
        AssertGrantRefused(await Refresh(second.Value("refresh_token")));
    }

    [Fact]
    public async Task access_token_lifetime_can_be_set()
    {
        await Client.Post("/_emulator/settings", new { accessTokenLifetimeSeconds = 120 });
        var tokens = await LogInAndRedeem();
        Assert.Equal(120, tokens["expires_in"].GetInt32());
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(tokens.Value("access_token")));
        await Client.Advance(TimeSpan.FromSeconds(130));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(tokens.Value("access_token")));
    }

    [Fact]
    public async Task revoked_refresh_token_is_dead()
    {
        var tokens = await LogInAndRedeem();
        var revoked = await Client.Form("/oauth/revoke", ("client_id", ClientId), ("token", tokens.Value("refresh_token")));
        Assert.Equal(HttpStatusCode.OK, revoked.Status);
        AssertGrantRefused(await Refresh(tokens.Value("refresh_token")));
    }

    [Fact]
    public async Task legacy_key_becomes_a_token_for_its_deployment()
    {
        var exchanged = await Exchange("astronomer-ee", suffix: "");
        Assert.Equal(HttpStatusCode.OK, exchanged.Status);
        var deployments = await Client.Get(Client.Organization + "/deployments", exchanged.Value("access_token"));
        Assert.Equal(
            Emulator.State.GetProperty("legacyKey").GetProperty("deploymentId").GetString(),
            Assert.Single(deployments["deployments"].EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task bad_key_is_401_access_denied()
    {
        var reply = await Exchange("astronomer-ee", suffix: "x");
        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Equal("access_denied", reply.Value("error"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Exchange("another", suffix: "")).Status);
    }

    [Fact]
    public async Task discovery_and_keys_fit_the_tokens()
    {
        var discovery = await Client.Get("/.well-known/openid-configuration");
        Assert.Equal(Emulator.Address + "/", discovery.Value("issuer"));
        Assert.Equal(Emulator.Address + "/userinfo", discovery.Value("userinfo_endpoint"));
        Assert.Equal(["S256"], discovery["code_challenge_methods_supported"].EnumerateArray().Select(m => m.GetString()));
        var keys = await Client.Get(new Uri(discovery.Value("jwks_uri")).AbsolutePath);
        var kid = Jwt.Header(Emulator.UserToken("owner")).GetProperty("kid").GetString();
        Assert.Contains(keys["keys"].EnumerateArray(), k => k.GetProperty("kid").GetString() == kid);
    }

    private static void AssertGrantRefused(Reply reply)
    {
        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Equal("invalid_grant", reply.Value("error"));
    }

    private Task<Reply> Exchange(string audience, string suffix)
    {
        var key = Emulator.State.GetProperty("legacyKey");
        return Client.Form(
            "/oauth/token", ("grant_type", "client_credentials"), ("client_id", key.GetProperty("id").GetString()!),
            ("client_secret", key.GetProperty("secret").GetString() + suffix), ("audience", audience));
    }
}
