using System.Runtime.InteropServices;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>What goes out says who calls, carries the bearer to Astro alone, and is told of without secrets.</summary>
public sealed class TransportTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task every_request_says_who_calls()
    {
        await Send("GET", "organizations");
        var headers = Assert.Single(await Requests()).Headers;
        Assert.Equal("astroauth-powershell", headers["x-astro-client-identifier"]);
        Assert.Matches(@"^\d+\.\d+\.\d+$", headers["x-astro-client-version"]!);
        Assert.Equal("AstroAuth/" + headers["x-astro-client-version"], headers["User-Agent"]);
        Assert.Matches("^(linux|windows|darwin)-(amd64|arm64|x86|arm)$", headers["x-client-os-identifier"]!);
        Assert.StartsWith(RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? "linux" : "", headers["x-client-os-identifier"], StringComparison.Ordinal);
        Assert.Equal("application/json", headers["Accept"]);
        Assert.Equal("Bearer ORGANIZATION API token", headers["Authorization"]);
    }

    [Fact]
    public async Task body_is_json()
    {
        var (id, _) = await Client.Mint(new { scope = "WORKSPACE" });
        await Send("POST", $"{Root}/{id}", """{"name":"raw","description":"d"}""");
        Assert.Equal("application/json", Assert.Single(await Requests()).Headers["Content-Type"]);
    }

    [Fact]
    public async Task anonymous_requests_carry_no_bearer()
    {
        var call = OwnerCall();
        var session = (AstroSession)call.Connection.Session;
        await session.Transport.SendAsync(new ApiRequest(HttpMethod.Get, new Uri(session.Domain.Root, "v1/organizations")) { IsAnonymous = true }, call);
        Assert.Null(Assert.Single(await Requests()).Headers.GetValueOrDefault("Authorization"));
    }

    [Theory]
    [InlineData("127.0.0.1", "http")]
    [InlineData("localhost", "https")]
    public async Task bearer_goes_to_the_own_scheme_host_and_port_alone(string host, string scheme)
    {
        using var ca = CertificateAuthority.Named(Emulator.CaFile);
        var port = new Uri(scheme == "https" ? Emulator.HttpsAddress : Emulator.Address).Port;
        var call = OwnerCall();
        var reply = await ((AstroSession)call.Connection.Session).Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, new Uri($"{scheme}://{host}:{port}/v1/organizations")), call);
        Assert.Equal(401, reply.StatusCode);
        Assert.Null(Assert.Single(await Requests()).Headers.GetValueOrDefault("Authorization"));
    }

    [Fact]
    public async Task redirect_is_not_followed()
    {
        await using var elsewhere = new RawServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        await Fault(new { status = 307, headers = new Dictionary<string, string> { ["Location"] = elsewhere.Address } });
        var failure = await Fails<AstroApiException>("Redirected", () => Send("GET", "organizations"));
        Assert.Equal((307, AstroErrorCategory.SecurityError), (failure.StatusCode, failure.Category));
        Assert.Empty(elsewhere.Heads);
        Assert.Single(await Requests());
    }

    [Fact]
    public async Task nothing_that_is_told_holds_a_secret()
    {
        await Fault(new { status = 503 });
        await Send("GET", "organizations");
        var call = Call(OpenKey());
        await Send(call, "GET", "organizations");
        var exchanged = SecureStrings.Reveal(Engine.TryGetAccessToken(call.Connection, TimeSpan.Zero)!.Token);
        var created = await TokensOf(OwnerCall()).CreateAsync(
            new CreateApiTokenBody { Name = "told", Role = "WORKSPACE_MEMBER", Scope = "WORKSPACE", EntityId = DataPlatform });
        Assert.Contains("Authorization: ***", Sink.All, StringComparison.Ordinal);
        foreach (var secret in (string[])[Owner, KeySecret, exchanged, created.Token!])
        {
            Assert.DoesNotContain(secret, Sink.All, StringComparison.Ordinal);
            Assert.DoesNotContain(secret.Split('.')[^1], Sink.All, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task query_is_not_told()
    {
        await Engine.SendAsync(
            OwnerCall(), new AstroRequest { Method = "GET", Path = "organizations", Query = [new("sorts", "name:asc")] }, _ => Task.CompletedTask);
        Assert.DoesNotContain("name:asc", Uri.UnescapeDataString(Sink.All), StringComparison.Ordinal);
        Assert.Equal("?sorts=name%3Aasc", Assert.Single(await Requests()).Query);
    }

    [Fact]
    public async Task request_under_way_ends_when_it_is_cancelled()
    {
        await Fault(new { delayMs = 600_000 });
        using var stop = new CancellationTokenSource();
        Sink.OnText = _ => stop.CancelAfter(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Send(OwnerCall(cancellationToken: stop.Token), "GET", "organizations"));
    }

    [Fact]
    public async Task nobody_at_the_address_is_said_so_and_cannot_have_taken_effect()
    {
        string domain;
        await using (var server = new RawServer(_ => ""))
            domain = server.Domain;
        var call = Call(Open(Owner, domain: domain));
        var failure = await Fails<AstroNetworkException>("HostUnreachable", () => Send(call, "GET", "organizations"));
        Assert.Equal((AstroErrorCategory.ConnectionError, false), (failure.Category, failure.MayHaveTakenEffect));
        Assert.Equal(domain, failure.Target);
    }
}
