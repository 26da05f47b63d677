using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>The engine keeps below what Astro allows a token, so that Astro need not refuse.</summary>
public sealed class RateLimitTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task sixty_reads_at_once_never_exceed_the_limit_of_any_second()
    {
        var call = OwnerCall();
        await Send(call, "GET", "organizations");
        await Client.Delete("/_emulator/requests");
        await Client.Post("/_emulator/settings", new { enforceRateLimits = true });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Send(call, "GET", "organizations")));

        var seen = await Requests(60);
        Assert.All(seen, r => Assert.Equal(200, r.Status));
        var times = seen.Select(r => r.StartedAt).Order().ToList();
        for (var i = 25; i < times.Count; i++)
            Assert.True(times[i] - times[i - 25] >= TimeSpan.FromSeconds(1), $"26 requests came within {times[i] - times[i - 25]}");
    }

    [Fact]
    public async Task connections_with_one_token_share_its_limit()
    {
        var first = Open(Emulator.TokenValue("workspaceMember"));
        var second = Open(Emulator.TokenValue("workspaceMember"));
        Assert.Same(first.Session, second.Session);
        await Client.Post("/_emulator/settings", new { enforceRateLimits = true });
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Send(Call(i % 2 == 0 ? first : second), "GET", "organizations")));
        Assert.All(await Requests(30), r => Assert.Equal(200, r.Status));
    }
}
