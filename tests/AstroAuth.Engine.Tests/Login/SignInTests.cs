using System.Text.RegularExpressions;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Login;

/// <summary>A person signs in.</summary>
public sealed class SignInTests(LoginFixture fixture) : LoginTest(fixture)
{
    private static readonly string[] Standard =
    [
        "audience", "client_id", "code_challenge", "code_challenge_method", "nonce", "prompt", "redirect_uri", "response_mode",
        "response_type", "scope", "state",
    ];

    [Fact]
    public async Task Signing_in_gives_a_connection_that_works()
    {
        var connection = await SignInAsync();
        Assert.Equal(AstroCredentialKind.User, connection.Kind);
        Assert.Equal(AstroCredentialSource.Login, connection.Source);
        Assert.Equal(Emulator.User("owner").GetProperty("email").GetString(), connection.User);
        Assert.Null(connection.ExpiresOn);
        var token = await Engine.GetAccessTokenAsync(Call(connection), TimeSpan.FromHours(1));
        using var client = new EmulatorClient(Emulator);
        Assert.Equal(HttpStatusCode.OK, await client.StatusWith(SecureStrings.Reveal(token.Token)));
    }

    [Fact]
    public async Task The_link_and_the_exchange_hold_standard_parameters_only()
    {
        await ForgetRequestsAsync();
        var host = new LoginHost();
        await SignInAsync(host: host);
        var names = (await host.Link).Query.TrimStart('?').Split('&').Select(p => p.Split('=')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(Standard, names);
        var exchange = Assert.Single(await RequestsAsync("/oauth/token"));
        Assert.DoesNotContain("x-client", exchange.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(await RequestsAsync("/.well-known/openid-configuration"), r => r.GetRawText().Contains("x-client-sku", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Every_request_from_the_login_to_the_sign_out_is_told_in_one_line()
    {
        await ForgetRequestsAsync();
        var host = new LoginHost();
        var connection = await SignInAsync(host: host);
        await Engine.ResolveUserAsync(Call(connection, host), new AstroPlaces(null, "Data Platform", null), host);
        await Engine.SignOutAsync(Call(connection, host));
        using var client = new EmulatorClient(Emulator);
        string[] pages = ["/authorize", "/u/login", "/login"];
        var sent = (await client.Get("/_emulator/requests")).Json.EnumerateArray()
            .Where(r => !pages.Any(p => r.GetProperty("path").GetString()!.StartsWith(p, StringComparison.Ordinal)))
            .Select(r => $"{r.GetProperty("method").GetString()} {r.GetProperty("path").GetString()}").Order(StringComparer.Ordinal);
        var told = host.Told.Select(t => Regex.Match(t, @"^(GET|POST) https://[^/]+(/\S+) \d{3} in \d+ ms \(try 1")).Where(m => m.Success)
            .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").Order(StringComparer.Ordinal);
        Assert.Equal(sent, told);
        Assert.Contains("POST /oauth/revoke", told);
    }

    [Fact]
    public async Task A_login_hint_begins_the_page()
    {
        var host = new LoginHost();
        await SignInAsync(Request with { LoginHint = "amara.okafor@northwind.example" }, host: host);
        Assert.Contains("login_hint=amara.okafor%40northwind.example", (await host.Link).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stray_requests_do_no_harm()
    {
        var host = new LoginHost();
        var login = Engine.SignInAsync(Request, host, CancellationToken.None);
        using var person = new Person(Emulator.CaFile);
        var callback = await person.LogInAsync(await host.Link, Emulator.User("owner"));
        foreach (var stray in new[] { "/", "/callback", "/callback?code=x&state=wrong", "/callback/?" + callback.Query[1..], "/callback?state=x&" + callback.Query[1..] })
            Assert.Equal(HttpStatusCode.NotFound, (await person.GetAsync(new Uri("http://localhost:12345" + stray))).Status);
        using (var other = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:12345" + callback.PathAndQuery))
        using (var http = new HttpClient())
            Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(other)).StatusCode);
        Assert.False(login.IsCompleted);
        var (status, text, message) = await person.GetAsync(callback);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("code=", text, StringComparison.Ordinal);
        Assert.Contains("no-store", message.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        await login;
        await Assert.ThrowsAsync<HttpRequestException>(() => person.GetAsync(callback));
    }

    [Fact]
    public async Task A_pasted_address_does_what_the_callback_does()
    {
        var pasted = new TaskCompletionSource<string?>();
        var first = true;
        var host = new LoginHost
        {
            Type = () =>
            {
                var wrong = first;
                first = false;
                return wrong ? Task.FromResult<string?>("http://localhost:12345/callback?code=x&state=y") : pasted.Task;
            },
        };
        var login = Engine.SignInAsync(Request, host, CancellationToken.None);
        using var person = new Person(Emulator.CaFile);
        pasted.SetResult(" " + await person.LogInAsync(await host.Link, Emulator.User("owner")) + " ");
        Assert.Equal(AstroCredentialKind.User, (await login).Kind);
        Assert.Single(host.Warnings);
    }

    [Fact]
    public async Task Cancelling_at_the_page_says_so()
    {
        var host = new LoginHost();
        var login = Engine.SignInAsync(Request, host, CancellationToken.None);
        using var person = new Person(Emulator.CaFile);
        var (_, text, _) = await person.GetAsync(await person.LogInAsync(await host.Link, Emulator.User("owner"), "cancel"));
        Assert.Contains("access_denied", text, StringComparison.Ordinal);
        var e = await Assert.ThrowsAsync<AstroCredentialException>(() => login);
        Assert.Equal("LoginDenied", e.ErrorId);
        Assert.Null(e.InnerException);
    }

    [Fact]
    public async Task Nobody_coming_back_ends_the_wait_and_frees_the_port()
    {
        var e = await Assert.ThrowsAsync<AstroException>(() => Engine.SignInAsync(Request with { Patience = TimeSpan.FromSeconds(1) }, new LoginHost(), CancellationToken.None));
        Assert.Equal("LoginTimedOut", e.ErrorId);
        await SignInAsync();
    }

    [Fact]
    public async Task Stopping_is_heard_at_once()
    {
        using var stop = new CancellationTokenSource();
        var host = new LoginHost();
        var login = Engine.SignInAsync(Request, host, stop.Token);
        await host.Link;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_busy_port_is_said_before_anything_is_sent()
    {
        await ForgetRequestsAsync();
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 12345);
        other.Start();
        var host = new LoginHost();
        var e = await Assert.ThrowsAsync<AstroException>(() => Engine.SignInAsync(Request, host, CancellationToken.None));
        Assert.Equal("CallbackPortInUse", e.ErrorId);
        Assert.Contains("12345", e.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", e.Message, StringComparison.Ordinal);
        Assert.False(host.Link.IsCompleted);
        Assert.Empty(await RequestsAsync("/private/v1alpha1/cli/auth-config"));
    }

    [Fact]
    public async Task Plain_http_is_refused()
    {
        var e = await Assert.ThrowsAsync<AstroException>(() => Engine.SignInAsync(Request with { Domain = Emulator.Domain }, new LoginHost(), CancellationToken.None));
        Assert.Equal("LoginNeedsHttps", e.ErrorId);
    }

    [Fact]
    public async Task Renewals_keep_the_rotated_refresh_token_and_happen_once()
    {
        await SetAsync(new { accessTokenLifetimeSeconds = 60 });
        try
        {
            var connection = await SignInAsync();
            await ForgetRequestsAsync();
            for (var i = 1; i <= 3; i++)
            {
                await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Engine.GetAccessTokenAsync(Call(connection), TimeSpan.FromSeconds(10))));
                Assert.InRange((await RequestsAsync("/oauth/token")).Count, i, i * 2);
            }
        }
        finally
        {
            await SetAsync(new { accessTokenLifetimeSeconds = 86400 });
        }
    }
}
