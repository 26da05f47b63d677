using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Only what does no harm is repeated, and as late as Astro asks.</summary>
public sealed class RetryTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task get_is_repeated_until_it_works(int status)
    {
        await Fault(new { method = "GET", status, count = 2 });
        await Send("GET", "organizations");
        Assert.Equal([status, status, 200], (await Requests(3)).Select(r => r.Status));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task get_is_repeated_when_the_connection_breaks(string cut)
    {
        await Fault(new { method = "GET", cut });
        await Send("GET", "organizations");
        Assert.Equal(2, (await Requests(2)).Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task other_failures_are_not_repeated(int status)
    {
        await Fault(new { method = "GET", status, count = 0 });
        Assert.Equal(status, (await Assert.ThrowsAsync<AstroApiException>(() => Send("GET", "organizations"))).StatusCode);
        Assert.Single(await Requests());
    }

    [Theory]
    [InlineData(503, null)]
    [InlineData(429, null)]
    [InlineData(null, "before")]
    public async Task deletion_is_repeated(int? status, string? cut)
    {
        var (id, _) = await Client.Mint(new { scope = "WORKSPACE" });
        await Fault(Setting("DELETE", status, cut));
        await Send("DELETE", $"{Root}/{id}");
        Assert.Equal(2, (await Requests(2)).Count);
    }

    [Theory]
    [InlineData(504, null)]
    [InlineData(429, null)]
    [InlineData(null, "after")]
    public async Task update_is_repeated(int? status, string? cut)
    {
        var (id, _) = await Client.Mint(new { scope = "WORKSPACE" });
        await Fault(Setting("POST", status, cut));
        var updated = await TokensOf(OwnerCall()).UpdateAsync(id, new UpdateApiTokenBody { Name = "renamed", Description = "d" });
        Assert.Equal("renamed", updated.Name);
        Assert.Equal(2, (await Requests(2)).Count);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(502, null)]
    [InlineData(503, null)]
    [InlineData(504, null)]
    [InlineData(null, "before")]
    [InlineData(null, "after")]
    public async Task creation_is_never_repeated_blindly(int? status, string? cut)
    {
        await Fault(Setting("POST", status, cut));
        var name = $"never-twice-{status}-{cut}";
        await Assert.ThrowsAnyAsync<AstroException>(() => TokensOf(OwnerCall()).CreateAsync(Body(name)));
        Assert.Single(await Requests(1));
        Assert.Equal(cut == "after" ? 1 : 0, (await Named(name)).Count);
    }

    [Fact]
    public async Task creation_is_repeated_when_astro_asks_to_slow_down()
    {
        await Fault(new { method = "POST", status = 429 });
        await TokensOf(OwnerCall()).CreateAsync(Body("after-429"));
        Assert.Single(await Named("after-429"));
    }

    [Fact]
    public async Task post_of_a_raw_request_is_not_repeated()
    {
        await Fault(new { method = "POST", status = 503, count = 0 });
        await Assert.ThrowsAsync<AstroApiException>(() => Send("POST", Root, new List<KeyValuePair<string, object?>>()));
        Assert.Single(await Requests());
    }

    [Fact]
    public async Task it_gives_up_after_five_tries_with_longer_and_longer_waits()
    {
        await Fault(new { status = 503, count = 0 });
        var failure = await Fails<AstroApiException>("ServerError", () => Send("GET", "organizations"));
        Assert.Contains("after 5 tries", failure.Message, StringComparison.Ordinal);
        Assert.Equal(5, (await Requests()).Count);
        Assert.Equal(4, Clock.Waits.Count);
        Assert.All(Clock.Waits, wait => Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task retry_after_in_seconds_is_honoured()
    {
        await Fault(new { status = 503, retryAfter = "17" });
        await Send("GET", "organizations");
        Assert.Equal([TimeSpan.FromSeconds(17)], Clock.Waits);
    }

    [Fact]
    public async Task retry_after_as_a_date_is_honoured()
    {
        await Fault(new { status = 429, retryAfter = DateTimeOffset.UtcNow.AddSeconds(40).ToString("R") });
        await Send("GET", "organizations");
        Assert.InRange(Assert.Single(Clock.Waits), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task retry_after_that_says_nothing_leaves_the_usual_wait(string retryAfter)
    {
        await Fault(new { status = 429, retryAfter });
        await Send("GET", "organizations");
        Assert.InRange(Assert.Single(Clock.Waits), TimeSpan.FromTicks(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task wait_longer_than_the_call_may_take_is_the_callers_decision()
    {
        await Fault(new { status = 429, retryAfter = "120", count = 0 });
        var failure = await Fails<AstroApiException>("TooManyRequests", () => Send(OwnerCall(timeoutSec: 60), "GET", "organizations"));
        Assert.Equal(TimeSpan.FromSeconds(120), failure.RetryAfter);
        Assert.Contains("2 minutes", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Clock.Waits);
        Assert.Single(await Requests());
    }

    [Fact]
    public async Task cancellation_ends_a_wait_at_once()
    {
        Clock.Stopped = true;
        await Fault(new { status = 503, count = 0 });
        using var stop = new CancellationTokenSource();
        Sink.OnText = text =>
        {
            if (text.Contains("try 2 of", StringComparison.Ordinal))
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Send(OwnerCall(cancellationToken: stop.Token), "GET", "organizations"));
        Assert.Single(await Requests());
    }

    private CreateApiTokenBody Body(string name) => new() { Name = name, Role = "WORKSPACE_MEMBER", Scope = "WORKSPACE", EntityId = DataPlatform };

    private static Dictionary<string, object> Setting(string method, int? status, string? cut)
    {
        var fault = new Dictionary<string, object> { ["method"] = method };
        if (status is { } code)
            fault["status"] = code;
        if (cut is not null)
            fault["cut"] = cut;
        return fault;
    }
}
