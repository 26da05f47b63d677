using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>What is watched is looked at after every change, so that no moment at which it was dead goes unseen.</summary>
public sealed class WatchTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Client.Delete("/_emulator/watched");
    }

    [Fact]
    public async Task a_value_that_died_is_seen_dead_until_another_takes_its_place()
    {
        var created = await CreateWorkspaceToken();
        await Watch("kept", created.Value("token"));
        await Client.Get("/v1/organizations", Owner);
        var rotated = await Client.Post($"{Tokens}/{created.Value("id")}/rotate", null, Owner);
        await Watch("kept", rotated.Value("token"));
        Assert.Equal(
            ["value of kept: True", "GET /v1/organizations: True", $"POST {Tokens}/{created.Value("id")}/rotate: False", "value of kept: True"],
            await Seen());
    }

    [Fact]
    public async Task an_answer_that_never_arrives_hides_nothing()
    {
        var created = await CreateWorkspaceToken();
        await Watch("kept", created.Value("token"));
        await Client.Post("/_emulator/faults", new { method = "DELETE", cut = "after" });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client.Delete($"{Tokens}/{created.Value("id")}", Owner));
        Assert.Equal($"DELETE {Tokens}/{created.Value("id")}: False", (await Seen())[^1]);
    }

    [Fact]
    public async Task a_value_that_was_taken_away_is_watched_no_longer()
    {
        await Watch("kept", Owner);
        await Watch("kept", null);
        await Client.Get("/v1/organizations", Owner);
        Assert.Equal(["value of kept: True"], await Seen());
    }

    [Fact]
    public async Task the_list_holds_no_value()
    {
        await Watch("kept", Owner);
        Assert.DoesNotContain("eyJ", (await Client.Get("/_emulator/watched")).Text, StringComparison.Ordinal);
    }

    private async Task Watch(string name, string? value) =>
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Post("/_emulator/watched", value is null ? new { name } : new { name, value })).Status);

    private async Task<List<string>> Seen() =>
        [.. (await Client.Get("/_emulator/watched")).Json.EnumerateArray().Select(s => $"{s.GetProperty("after").GetString()}: {s.GetProperty("authenticates").GetBoolean()}")];
}
