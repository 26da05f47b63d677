using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Device codes (RFC 8628), which are offered only when asked for.</summary>
public sealed class DeviceCodeTests(EmulatorFixture fixture) : LoginTest(fixture)
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:device_code";

    [Fact]
    public async Task they_are_neither_named_nor_given_by_default()
    {
        var document = await Client.Get("/.well-known/openid-configuration");
        Assert.False(document.Has("device_authorization_endpoint"));
        Assert.DoesNotContain(Grant, document.Text, StringComparison.Ordinal);
        var refused = await Ask();
        Assert.Equal("unauthorized_client", refused.Value("error"));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get("/activate")).Status);
    }

    [Fact]
    public async Task a_code_is_pending_until_a_person_decides_and_serves_once()
    {
        await Offer();
        var device = await Ask();
        Assert.Equal(5, device["interval"].GetInt32());
        Assert.Equal(900, device["expires_in"].GetInt32());
        Assert.Matches("^[B-Z]{4}-[B-Z]{4}$", device.Value("user_code"));
        Assert.Equal("authorization_pending", await PollAfter(5, device));

        await Decide(device, "continue");
        await Client.Advance(TimeSpan.FromSeconds(5));
        var tokens = await Redeem(device);
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(tokens.Value("access_token")));
        Assert.Equal("invalid_grant", await PollAfter(5, device));
    }

    [Fact]
    public async Task who_asks_too_often_has_to_wait_longer()
    {
        await Offer();
        var device = await Ask();
        Assert.Equal("slow_down", await PollAfter(4, device));
        Assert.Equal("slow_down", await PollAfter(9, device));
        Assert.Equal("authorization_pending", await PollAfter(15, device));
    }

    [Fact]
    public async Task a_no_and_the_end_of_its_life_are_told()
    {
        await Offer();
        var denied = await Ask();
        await Decide(denied, "cancel");
        Assert.Equal("access_denied", await PollAfter(5, denied));
        var late = await Ask();
        Assert.Equal("expired_token", await PollAfter(901, late));
    }

    [Fact]
    public async Task a_wrong_code_and_a_form_without_its_secret_get_nowhere()
    {
        await Offer();
        using var browser = new Browser(Emulator.Address);
        Assert.Contains("not known", (await browser.Open("/activate?user_code=BBBB-BBBB")).Text, StringComparison.Ordinal);
        var device = await Ask();
        var page = await LogInAt(browser, device);
        Assert.Contains("This login is over", (await browser.Submit(page, "continue", ("form_secret", "x"))).Text, StringComparison.Ordinal);
        Assert.Equal("authorization_pending", await PollAfter(5, device));
    }

    private Task<Reply> Offer() => Client.Post("/_emulator/settings", new { deviceCode = true });

    private Task<Reply> Ask() => Client.Form("/oauth/device/code", ("client_id", ClientId), ("scope", "openid email offline_access"), ("audience", "astronomer-ee"));

    private Task<Reply> Redeem(Reply device) =>
        Client.Form("/oauth/token", ("client_id", ClientId), ("grant_type", Grant), ("device_code", device.Value("device_code")));

    private async Task<string> PollAfter(int seconds, Reply device)
    {
        await Client.Advance(TimeSpan.FromSeconds(seconds));
        return (await Redeem(device)).Value("error");
    }

    private async Task<Reply> LogInAt(Browser browser, Reply device)
    {
        var user = Emulator.User("owner");
        var page = await browser.Open("/activate?user_code=" + device.Value("user_code"));
        page = await browser.Submit(page, "continue", ("email", user.GetProperty("email").GetString()!));
        return await browser.Submit(page, "continue", ("password", user.GetProperty("password").GetString()!));
    }

    private async Task Decide(Reply device, string action)
    {
        using var browser = new Browser(Emulator.Address);
        Assert.Contains("Go back to the device", (await browser.Submit(await LogInAt(browser, device), action)).Text, StringComparison.Ordinal);
    }
}
