using System.Text.RegularExpressions;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>What -Verbose and -Debug tell of a call: each try in one line, and headers by a list of those that hold no secret.</summary>
public sealed class TraceTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private const string Canary = "trace-canary-5b1e77";

    private string Organizations => Emulator.Address.TrimEnd('/') + "/v1/organizations";

    [Fact]
    public async Task each_try_is_one_line_and_each_wait_says_why_and_how_long()
    {
        await Fault(new { status = 503, retryAfter = "17" });
        await Fault(new { cut = "before" });
        await Send("GET", "organizations");
        var url = Regex.Escape(Organizations);
        Assert.Collection(
            Sink.VerboseLines,
            l => Assert.Matches($@"^GET {url} 503 in \d+ ms \(try 1(, request \S+)?\)$", l),
            l => Assert.Equal($"GET {Organizations} is tried again in 17.0 s (try 2 of 5): status 503, and the server asks for that wait", l),
            l => Assert.Matches($@"^GET {url} failed after \d+ ms \(try 2: .+\)$", l),
            l => Assert.Matches($@"^GET {url} is tried again in \d+\.\d s \(try 3 of 5\): the connection broke$", l),
            l => Assert.Matches($@"^GET {url} 200 in \d+ ms \(try 3, request \S+\)$", l));
    }

    [Fact]
    public async Task a_try_that_is_given_up_has_its_line_too()
    {
        await Fault(new { delayMs = 600_000 });
        await Fails<AstroNetworkException>("RequestTimeout", () => Send(OwnerCall(timeoutSec: 1), "GET", "organizations"));
        Assert.Matches(@"^GET \S+ failed after \d+ ms \(try 1: given up\)$", Assert.Single(Sink.VerboseLines));
    }

    [Fact]
    public async Task what_the_rate_limit_held_back_is_told()
    {
        var call = OwnerCall();
        await Task.WhenAll(Enumerable.Range(0, 26).Select(_ => Send(call, "GET", "organizations")));
        Assert.Equal(26, Sink.VerboseLines.Count);
        Assert.Contains(Sink.VerboseLines, l => Regex.IsMatch(l, @"try 1, \d+ ms held back by the rate limit"));
    }

    [Fact]
    public async Task the_exchange_of_a_key_is_told_like_any_call()
    {
        await Engine.GetAccessTokenAsync(Call(OpenKey()), TimeSpan.Zero);
        Assert.Collection(
            Sink.VerboseLines,
            l => Assert.Matches("^GET .+/private/v1alpha1/cli/auth-config 200 in ", l),
            l => Assert.Matches("^POST .+/oauth/token 200 in ", l));
    }

    [Fact]
    public async Task headers_are_shown_by_a_list_and_others_by_name_alone()
    {
        await using var server = new RawServer(_ =>
            "HTTP/1.1 401 No\r\nContent-Length: 0\r\nDate: Sun, 29 Nov 2026 06:00:00 GMT\r\nRetry-After: 3\r\nx-request-id: id\u001b[31m-7\r\nConnection: close\r\n"
            + $"Set-Cookie: s={Canary}\r\nLocation: https://x.example/?sig={Canary}\r\nWWW-Authenticate: Bearer t={Canary}\r\nAuthorization: {Canary}\r\nX-New: {Canary}\r\n\r\n");
        var call = Call(Open(Owner, domain: server.Domain));
        var session = (AstroSession)call.Connection.Session;
        await session.Transport.SendAsync(
            new ApiRequest(HttpMethod.Put, new Uri($"{server.Address}container/blob?sv=1&sig={Canary}"))
            {
                Body = [1, 2, 3],
                Headers = [new("Cookie", Canary), new("X-Own", Canary), new("x-ms-version", "2021-12-02")],
            },
            call);
        Assert.DoesNotContain(Canary, Sink.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Owner, Sink.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Sink.All, c => char.IsControl(c) && c != '\n');
        Assert.Collection(
            Sink.DebugLines,
            sent =>
            {
                Assert.StartsWith($"PUT {server.Address}container/blob sent [", sent, StringComparison.Ordinal);
                foreach (var header in (string[])["Authorization: ***", "Cookie: ***", "X-Own: ***", "x-ms-version: 2021-12-02", "Content-Type: application/json", "x-astro-client-identifier: astroauth-powershell"])
                    Assert.Contains(header, sent, StringComparison.Ordinal);
            },
            answered =>
            {
                Assert.StartsWith($"PUT {server.Address}container/blob answered 401 [", answered, StringComparison.Ordinal);
                foreach (var header in (string[])["Set-Cookie: ***", "Location: ***", "WWW-Authenticate: ***", "Authorization: ***", "X-New: ***", "Retry-After: 3", "Content-Length: 0", "X-Request-ID: id [31m-7"])
                    Assert.Contains(header, answered, StringComparison.Ordinal);
            });
        Assert.EndsWith(", request id [31m-7)", Assert.Single(Sink.VerboseLines), StringComparison.Ordinal);
    }
}
