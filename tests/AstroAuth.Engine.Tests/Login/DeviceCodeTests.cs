using AstroAuth.Engine.Tests.Engine;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Login;

/// <summary>A person signs in with a code that is typed on another device.</summary>
public sealed class DeviceCodeTests(LoginFixture fixture) : LoginTest(fixture), IAsyncLifetime
{
    private readonly TestClock _clock = new();

    private AstroLoginRequest Device => Request with { Method = AstroLoginMethod.DeviceCode };

    public Task InitializeAsync() => SetAsync(new { deviceCode = true, deviceCodeIntervalSeconds = 0, deviceCodeLifetimeSeconds = 900, idToken = "right" });

    public async Task DisposeAsync()
    {
        await SetAsync(new { deviceCode = false, idToken = "right" });
        using var client = new EmulatorClient(Emulator);
        await client.Delete("/_emulator/faults");
        await client.Post("/_emulator/clock", new { reset = true });
    }

    [Fact]
    public async Task Signing_in_gives_a_session_that_renews_itself_and_can_be_ended()
    {
        await SetAsync(new { accessTokenLifetimeSeconds = 60 });
        try
        {
            using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 12345);
            other.Start();
            var connection = await SignInAsync();
            Assert.Equal(Emulator.User("owner").GetProperty("email").GetString(), connection.User);
            var engine = new AstroEngine();
            var first = await engine.GetAccessTokenAsync(Call(connection), TimeSpan.FromSeconds(10));
            var second = await engine.GetAccessTokenAsync(Call(connection), TimeSpan.FromSeconds(10));
            Assert.NotEqual(SecureStrings.Reveal(first.Token), SecureStrings.Reveal(second.Token));
            var told = new LoginHost();
            await engine.SignOutAsync(Call(connection, told));
            Assert.Contains(told.Told, t => t.Contains("was revoked", StringComparison.Ordinal));
        }
        finally
        {
            await SetAsync(new { accessTokenLifetimeSeconds = 86400 });
        }
    }

    [Fact]
    public async Task The_code_may_be_asked_for_as_often_as_the_service_says_and_slower_when_it_says_so()
    {
        await SetAsync(new { deviceCodeIntervalSeconds = 3 });
        await FaultAsync(new { path = "/oauth/token", status = 429, count = 2, body = """{"error":"slow_down"}""" });
        await FaultAsync(new { path = "/oauth/token", status = 403, count = 1, body = """{"error":"authorization_pending"}""" });
        await FaultAsync(new { path = "/oauth/token", status = 403, count = 1, body = """{"error":"access_denied"}""" });
        await FailsAsync("LoginDenied");
        Assert.Equal([3, 8, 13, 13], _clock.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Without_an_interval_it_is_five_seconds_and_never_less_than_one()
    {
        const string device = """{"device_code":"d","user_code":"ABCD","verification_uri":"$/activate","expires_in":900$$}""";
        foreach (var (interval, expected) in new[] { ("", 5), (",\"interval\":0", 1) })
        {
            await FaultAsync(new { path = "/oauth/device/code", status = 200, body = device.Replace("$$", interval, StringComparison.Ordinal).Replace("$", Emulator.HttpsAddress, StringComparison.Ordinal), headers = Json });
            await FaultAsync(new { path = "/oauth/token", status = 403, body = """{"error":"access_denied"}""" });
            _clock.Waits.Clear();
            await FailsAsync("LoginDenied");
            Assert.Equal(TimeSpan.FromSeconds(expected), Assert.Single(_clock.Waits));
        }
    }

    [Fact]
    public async Task Who_hears_nothing_asks_less_often_and_goes_on()
    {
        await FaultAsync(new { path = "/oauth/token", cut = "before", count = 1 });
        await FaultAsync(new { path = "/oauth/token", status = 503, html = true, count = 1 });
        await SignInAsync();
        Assert.Equal([1, 2, 4], _clock.Waits.Select(w => w.TotalSeconds).Take(3));
    }

    [Fact]
    public async Task A_no_at_the_page_says_so()
    {
        var host = new LoginHost();
        var login = SignInAsync(host: host, decide: false);
        await DecideAsync(host, "cancel");
        Assert.Equal("LoginDenied", (await Assert.ThrowsAsync<AstroCredentialException>(() => login)).ErrorId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_that_nobody_uses_comes_to_its_end(bool serviceSaysSo)
    {
        await SetAsync(new { deviceCodeLifetimeSeconds = 600 });
        var host = new LoginHost
        {
            Seen = () =>
            {
                if (serviceSaysSo)
                    return AdvanceAsync(601);
                _clock.Advance(TimeSpan.FromSeconds(600));
                return Task.CompletedTask;
            },
        };
        await ForgetRequestsAsync();
        var e = await FailsAsync("DeviceCodeExpired", host);
        Assert.Equal(AstroErrorCategory.OperationTimeout, e.Category);
        Assert.Equal(serviceSaysSo ? 1 : 0, (await RequestsAsync("/oauth/token")).Count);
    }

    [Fact]
    public async Task Patience_ends_and_stopping_is_heard_while_it_waits()
    {
        _clock.Stopped = true;
        await FailsAsync("LoginTimedOut", request: Device with { Patience = TimeSpan.FromSeconds(1) });
        using var stop = new CancellationTokenSource();
        var host = new LoginHost();
        var login = new AstroEngine(_clock).SignInAsync(Device, host, stop.Token);
        await host.Code;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_service_that_does_not_offer_it_is_named_and_so_are_the_other_ways()
    {
        await SetAsync(new { deviceCode = false });
        await ForgetRequestsAsync();
        var e = await FailsAsync("DeviceCodeNotOffered");
        Assert.Contains("-NoBrowser", e.Message, StringComparison.Ordinal);
        Assert.Empty(await RequestsAsync("/oauth/device/code"));
        // Some name the endpoint and yet refuse this program.
        await SetAsync(new { deviceCode = true });
        await FaultAsync(new { path = "/oauth/device/code", status = 403, body = """{"error":"unauthorized_client","error_description":"Grant type not allowed for the client."}""" });
        await FailsAsync("DeviceCodeNotOffered");
    }

    [Theory]
    [InlineData("badSignature", "not signed with a key")]
    [InlineData("otherAudience", "another program")]
    [InlineData("missing", "no id_token")]
    public async Task An_id_token_that_is_not_right_is_refused_and_nothing_redeemed(string fault, string why)
    {
        await SetAsync(new { idToken = fault });
        await ForgetRequestsAsync();
        var e = await FailsAsync("LoginAnswerRejected", decide: true);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Single(await RequestsAsync("/oauth/token"), r => r.GetProperty("status").GetInt32() == 200);
    }

    [Theory]
    [InlineData("ABCD\\u001b[2J", "$", "no device code")]
    [InlineData("", "$", "no device code")]
    [InlineData("ABCD", "https://evil.example", "not its own")]
    public async Task A_code_that_steers_the_terminal_or_a_page_elsewhere_is_not_shown(string code, string root, string why)
    {
        var body = $$"""{"device_code":"d","user_code":"{{code}}","verification_uri":"{{root.Replace("$", Emulator.HttpsAddress, StringComparison.Ordinal)}}/activate","expires_in":900}""";
        await FaultAsync(new { path = "/oauth/device/code", status = 200, body, headers = Json });
        var host = new LoginHost();
        Assert.Contains(why, (await FailsAsync("LoginAnswerRejected", host)).Message, StringComparison.Ordinal);
        Assert.False(host.Code.IsCompleted);
    }

    private static Dictionary<string, string> Json => new() { ["Content-Type"] = "application/json" };

    private async Task<AstroConnection> SignInAsync(LoginHost? host = null, bool decide = true)
    {
        host ??= new LoginHost();
        var login = new AstroEngine(_clock).SignInAsync(Device, host, CancellationToken.None);
        await Task.WhenAny(login, host.Code);
        if (decide && host.Code.IsCompleted)
            await DecideAsync(host);
        return await login;
    }

    private async Task DecideAsync(LoginHost host, string action = "continue")
    {
        using var person = new Person(Emulator.CaFile);
        await person.DecideAsync(await host.Code, Emulator.User("owner"), action);
    }

    private async Task<AstroException> FailsAsync(string errorId, LoginHost? host = null, AstroLoginRequest? request = null, bool decide = false)
    {
        host ??= new LoginHost();
        var login = new AstroEngine(_clock).SignInAsync(request ?? Device, host, CancellationToken.None);
        await Task.WhenAny(login, host.Code);
        if (decide)
            await DecideAsync(host);
        var e = await Assert.ThrowsAnyAsync<AstroException>(() => login);
        Assert.Equal(errorId, e.ErrorId);
        return e;
    }

    private async Task FaultAsync(object fault)
    {
        using var client = new EmulatorClient(Emulator);
        Assert.Equal(HttpStatusCode.OK, (await client.Post("/_emulator/faults", fault)).Status);
    }

    private async Task AdvanceAsync(int seconds)
    {
        using var client = new EmulatorClient(Emulator);
        await client.Advance(TimeSpan.FromSeconds(seconds));
    }
}
