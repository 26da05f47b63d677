using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>What the login tests share: the client id and a finished login.</summary>
public abstract class LoginTest(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    protected string ClientId { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        ClientId = (await Client.Get("/private/v1alpha1/cli/auth-config")).Value("clientId");
    }

    protected async Task<(string Code, string Verifier)> LogIn(params IEnumerable<(string Name, string? Value)> changes)
    {
        using var browser = new Browser(Emulator.Address);
        var callback = await browser.LogIn(browser.AuthorizeUrl(ClientId, changes), Emulator.User("owner"));
        return (callback["code"], browser.Verifier);
    }

    protected Task<Reply> Redeem(string code, string verifier, params IEnumerable<(string Name, string Value)> more) => Client.Form(
        "/oauth/token",
        [
            ("grant_type", "authorization_code"), ("client_id", ClientId), ("code", code), ("code_verifier", verifier),
            ("redirect_uri", Browser.Callback), .. more,
        ]);

    protected Task<Reply> Refresh(string refreshToken) => Client.Form(
        "/oauth/token", ("grant_type", "refresh_token"), ("client_id", ClientId), ("refresh_token", refreshToken));

    protected async Task<Reply> LogInAndRedeem(params IEnumerable<(string Name, string? Value)> changes)
    {
        var (code, verifier) = await LogIn(changes);
        var tokens = await Redeem(code, verifier);
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        return tokens;
    }
}
