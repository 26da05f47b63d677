using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A legacy key is exchanged once for everybody, renewed in time, and given to Astro's own login service alone.</summary>
public sealed class DeploymentKeyTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task hundred_callers_cost_one_exchange()
    {
        var connection = OpenKey();
        var tokens = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Engine.GetAccessTokenAsync(Call(connection), TimeSpan.Zero))));
        Assert.Single(tokens.Select(t => SecureStrings.Reveal(t.Token)).Distinct());
        Assert.Equal(1, await Exchanges());
        Assert.Equal("DEPLOYMENT", tokens[0].Scope);
    }

    [Fact]
    public async Task connections_with_the_same_key_share_the_exchange()
    {
        AstroConnection first = OpenKey(), second = OpenKey();
        await Engine.GetAccessTokenAsync(Call(first), TimeSpan.Zero);
        Assert.NotNull(Engine.TryGetAccessToken(second, TimeSpan.Zero));
    }

    [Fact]
    public async Task token_is_kept_until_five_minutes_before_its_end()
    {
        var connection = OpenKey();
        Assert.Null(Engine.TryGetAccessToken(connection, TimeSpan.Zero));
        var first = await Engine.GetAccessTokenAsync(Call(connection), TimeSpan.Zero);
        Clock.Advance(first.ExpiresOn!.Value - Clock.GetUtcNow() - TimeSpan.FromMinutes(6));
        Assert.NotNull(Engine.TryGetAccessToken(connection, TimeSpan.Zero));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(Engine.TryGetAccessToken(connection, TimeSpan.Zero));
        await Engine.GetAccessTokenAsync(Call(connection), TimeSpan.Zero);
        Assert.Equal(2, await Exchanges());
    }

    [Fact]
    public async Task lifetime_longer_than_astro_gives_is_refused()
    {
        await Client.Post("/_emulator/settings", new { accessTokenLifetimeSeconds = 600 });
        await Fails<AstroCredentialException>(
            "AccessTokenTooShort", () => Engine.GetAccessTokenAsync(Call(OpenKey()), TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task caller_that_gives_up_takes_nobody_with_it()
    {
        await Fault(new { path = "/oauth/token$", delayMs = 400 });
        var connection = OpenKey();
        using var impatience = new CancellationTokenSource();
        Sink.OnText = text =>
        {
            if (text.Contains("/oauth/token", StringComparison.Ordinal))
                impatience.Cancel();
        };
        var leaver = Engine.GetAccessTokenAsync(Call(connection, impatience.Token), TimeSpan.Zero);
        var stayer = Engine.GetAccessTokenAsync(Call(connection), TimeSpan.Zero);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        Assert.NotNull(await stayer);
        Assert.Equal(1, await Exchanges());
    }

    [Fact]
    public async Task rejected_key_is_named_and_its_secret_is_not()
    {
        var failure = await Fails<AstroCredentialException>(
            "DeploymentKeyRejected", () => Engine.GetAccessTokenAsync(Call(OpenKey("not-the-secret")), TimeSpan.Zero));
        Assert.Contains(KeyId, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", failure + Sink.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task failed_exchange_is_tried_anew_by_the_next_caller()
    {
        await Answer("/oauth/token$", """{"error":"access_denied","error_description":"not now"}""", status: 403, count: 1);
        var connection = OpenKey();
        await Fails<AstroCredentialException>("DeploymentKeyRejected", () => Engine.GetAccessTokenAsync(Call(connection), TimeSpan.Zero));
        Assert.NotNull(await Engine.GetAccessTokenAsync(Call(connection), TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"error":"access_denied","error_description":"Too\u001b[31m Many"}""", 200, "LoginFailed")]
    [InlineData("""{"access_token":""}""", 200, "LoginFailed")]
    [InlineData("<html>", 200, "LoginFailed")]
    [InlineData("""{"access_token":"a.b.c","expires_in":1e300}""", 200, "LoginFailed")]
    [InlineData("{}", 500, "LoginFailed")]
    public async Task odd_answer_of_the_login_is_no_token(string body, int status, string errorId)
    {
        await Answer("/oauth/token$", body, status);
        await Fails<AstroException>(errorId, () => Engine.GetAccessTokenAsync(Call(OpenKey()), TimeSpan.Zero));
    }

    [Theory]
    [InlineData("https://auth.evil.example/")]
    [InlineData("https://auth.astronomer.io/")]
    [InlineData("http://localhost@evil.example/")]
    [InlineData("file:///x/")]
    public async Task login_service_of_another_domain_gets_nothing(string domainUrl)
    {
        await Answer("/auth-config$", JsonSerializer.Serialize(new { clientId = "c", audience = "a", domainUrl }));
        var failure = await Fails<AstroException>("UntrustedLoginHost", () => Engine.GetAccessTokenAsync(Call(OpenKey()), TimeSpan.Zero));
        Assert.Equal(AstroErrorCategory.SecurityError, failure.Category);
        Assert.Equal(["/private/v1alpha1/cli/auth-config"], (await Requests()).Select(r => r.Path));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"clientId":"c","audience":"a","domainUrl":"not an address"}""")]
    [InlineData("<html>")]
    public async Task auth_config_that_is_none_is_said_so(string body)
    {
        await Answer("/auth-config$", body);
        await Fails<AstroApiException>("InvalidResponse", () => Engine.GetAccessTokenAsync(Call(OpenKey()), TimeSpan.Zero));
    }

    [Fact]
    public async Task refused_bearer_is_dropped_and_the_next_call_gets_a_new_one()
    {
        var call = Call(OpenKey());
        await Send(call, "GET", "organizations");
        await Fault(new { path = "/organizations$", status = 401 });
        await Fails<AstroApiException>("Unauthorized", () => Send(call, "GET", "organizations"));
        Assert.Null(Engine.TryGetAccessToken(call.Connection, TimeSpan.Zero));
        await Send(call, "GET", "organizations");
        Assert.Equal(2, await Exchanges());
    }

    [Fact]
    public async Task key_works_as_bearer_and_is_sent_to_the_login_only()
    {
        await Send(Call(OpenKey()), "GET", "organizations");
        var seen = await Requests(3);
        Assert.Equal([null, null, "Bearer deployment key token"], seen.Select(r => r.Headers.GetValueOrDefault("Authorization")));
    }

    private async Task<int> Exchanges() => (await Requests()).Count(r => r.Path == "/oauth/token");
}
