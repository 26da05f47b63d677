using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>The login page and the authorization endpoint.</summary>
public sealed class LoginTests(EmulatorFixture fixture) : LoginTest(fixture)
{
    [Fact]
    public async Task login_leads_to_a_code_and_gives_the_state_back()
    {
        using var browser = new Browser(Emulator.Address);
        var callback = await browser.LogIn(browser.AuthorizeUrl(ClientId), Emulator.User("owner"));
        Assert.Equal("some state", callback["state"]);
        Assert.NotEmpty(callback["code"]);
    }

    [Fact]
    public async Task cancel_comes_back_as_access_denied_with_the_state()
    {
        using var browser = new Browser(Emulator.Address);
        var page = await browser.Open(browser.AuthorizeUrl(ClientId));
        var callback = Browser.CallbackOf(await browser.Submit(page, "cancel"));
        Assert.Equal("access_denied", callback["error"]);
        Assert.Equal("some state", callback["state"]);
    }

    [Fact]
    public async Task login_hint_is_filled_in_and_encoded()
    {
        using var browser = new Browser(Emulator.Address);
        var page = await browser.Open(browser.AuthorizeUrl(ClientId, ("login_hint", "\"><script>alert(1)</script>")));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Message.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amara.okafor@northwind.example", "wrong")]
    [InlineData("nobody@northwind.example", "emulator-nobody")]
    [InlineData("ines.costa@northwind.example", "emulator-ines.costa")]
    public async Task wrong_or_departed_people_stay_at_the_password(string email, string password)
    {
        using var browser = new Browser(Emulator.Address);
        var page = await browser.Submit(await browser.Open(browser.AuthorizeUrl(ClientId)), "continue", ("email", email));
        page = await browser.Submit(page, "continue", ("password", password));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Wrong email or password", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task form_without_its_secret_or_its_cookie_is_refused()
    {
        using var browser = new Browser(Emulator.Address);
        using var stranger = new Browser(Emulator.Address);
        var page = await browser.Open(browser.AuthorizeUrl(ClientId));
        Assert.Contains("This login is over", (await browser.Submit(page, "continue", ("form_secret", "x"), ("email", "a@b.c"))).Text, StringComparison.Ordinal);
        Assert.Contains("This login is over", (await stranger.Submit(page, "continue", ("email", "a@b.c"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_second_login_asks_again()
    {
        using var browser = new Browser(Emulator.Address);
        var url = browser.AuthorizeUrl(ClientId);
        await browser.LogIn(url, Emulator.User("owner"));
        Assert.Contains("Email address", (await browser.Open(url)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("device_id", "1", "invalid_request")]
    [InlineData("audience", "somebody-else", "access_denied")]
    [InlineData("prompt", "none", "login_required")]
    public async Task bad_requests_come_back_as_errors(string name, string? value, string error)
    {
        using var browser = new Browser(Emulator.Address);
        var reply = await browser.Open(browser.AuthorizeUrl(ClientId, (name, value)));
        Assert.Equal(error, Browser.CallbackOf(reply)["error"]);
    }

    [Theory]
    [InlineData("http://localhost:12346/callback")]
    [InlineData("http://localhost:12345/elsewhere")]
    [InlineData("https://evil.example/callback")]
    public async Task other_redirect_addresses_are_never_used(string address)
    {
        using var browser = new Browser(Emulator.Address);
        var reply = await browser.Open(browser.AuthorizeUrl(ClientId, ("redirect_uri", address)));
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Null(reply.Message.Headers.Location);
    }

    [Fact]
    public async Task auth_config_names_the_address_it_was_asked_by()
    {
        var config = await Client.Get("/private/v1alpha1/cli/auth-config");
        Assert.Equal(Emulator.Address + "/", config.Value("domainUrl"));
        Assert.Equal("astronomer-ee", config.Value("audience"));
    }
}
