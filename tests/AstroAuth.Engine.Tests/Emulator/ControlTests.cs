using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>The control API: state, clock, request log and minting.</summary>
public sealed class ControlTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private static readonly string[] s_omitted = ["workspaceId", "deploymentId"];

    [Fact]
    public async Task state_is_the_ready_line_plus_the_time()
    {
        var state = await Client.Get("/_emulator/state");
        foreach (var member in Emulator.State.EnumerateObject())
            Assert.Equal(member.Value.ToString(), state[member.Name].ToString());
        Assert.True(state.Has("now"));
    }

    [Fact]
    public async Task clock_can_be_set_moved_and_reset()
    {
        var set = await Client.Post("/_emulator/clock", new { set = "2030-01-02T03:04:05Z" });
        Assert.Equal(2030, set["now"].GetDateTimeOffset().Year);
        Assert.Equal(2029, (await Client.Advance(TimeSpan.FromDays(-3))).Year);
        var reset = await Client.Post("/_emulator/clock", new { reset = true });
        Assert.InRange(reset["now"].GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task reset_gives_back_what_was_there_at_the_start_and_takes_away_what_came_since()
    {
        var (id, value) = await Client.Mint(new { scope = "WORKSPACE" });
        var (place, token) = ($"{Client.Organization}/workspaces/{Analytics}", $"{Tokens}/{Emulator.TokenId("workspaceMember")}");
        await Client.Post(place, new { name = "Elsewhere", description = "", cicdEnforcedDefault = false }, Owner);
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete(token, Owner)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(Emulator.TokenValue("workspaceMember")));

        // Twice: what is put back is not changed by what comes after.
        for (var round = 0; round < 2; round++)
        {
            await Client.Post("/_emulator/reset");
            Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(Emulator.TokenValue("workspaceMember")));
            Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(value));
            Assert.Equal(HttpStatusCode.NotFound, (await Client.Get($"{Tokens}/{id}", Owner)).Status);
            Assert.Equal("Analytics", (await Client.Get(place, Owner)).Value("name"));
            await Client.Delete(token, Owner);
        }

        await Client.Post("/_emulator/reset");
    }

    [Fact]
    public async Task request_log_has_everything_but_the_secret()
    {
        await Client.Get($"{Tokens}?limit=1", Owner);
        await Client.Get("/v1/organizations", "nonsense");
        await Client.Get("/v1/users/self", Emulator.UserToken("owner"));
        var log = await Client.Get("/_emulator/requests");
        Assert.DoesNotContain(Owner, log.Text, StringComparison.Ordinal);
        var entries = log.Json.EnumerateArray().ToList();
        Assert.Equal([200, 401, 200], entries.Select(e => e.GetProperty("status").GetInt32()));
        Assert.Equal("?limit=1", entries[0].GetProperty("query").GetString());
        Assert.Equal(
            ["Bearer ORGANIZATION API token", "Bearer unknown", "Bearer user token"],
            entries.Select(e => e.GetProperty("headers").GetProperty("Authorization").GetString()));
        await Client.Delete("/_emulator/requests");
        Assert.Equal(0, (await Client.Get("/_emulator/requests")).Json.GetArrayLength());
    }

    [Fact]
    public async Task minted_tokens_can_be_what_the_api_never_makes()
    {
        var (_, expired) = await Client.Mint(new { scope = "WORKSPACE", expiresInSeconds = -60 });
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(expired));
        var (_, later) = await Client.Mint(new { scope = "WORKSPACE", notBeforeSeconds = 3600 });
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(later));
        var (_, bare) = await Client.Mint(new { scope = "DEPLOYMENT", omitPermissions = s_omitted, neverExpires = true });
        Assert.Equal(1, Jwt.Payload(bare).GetProperty("permissions").GetArrayLength());
        Assert.False(Jwt.Payload(bare).TryGetProperty("exp", out _));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(bare));
    }

    [Fact]
    public async Task minted_user_token_lives_as_long_as_asked()
    {
        var minted = await Client.Post("/_emulator/user-tokens", new { email = "tom.ellis@northwind.example", lifetimeSeconds = 60 });
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(minted.Value("value")));
        await Client.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(minted.Value("value")));
    }

    [Fact]
    public async Task authenticates_says_why_not()
    {
        var answer = await Client.Get("/_emulator/authenticates", Emulator.TokenValue("expired"));
        Assert.False(answer["authenticates"].GetBoolean());
        Assert.Equal(Emulator.TokenId("expired"), answer.Value("tokenId"));
        Assert.Contains("expired", answer.Value("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_is_not_served_is_404_or_405_with_astros_body()
    {
        Assert.Equal(404, (await Client.Get("/v1/nothing", Owner))["statusCode"].GetInt32());
        Assert.Equal(405, (await Client.Send(HttpMethod.Put, "/v1/organizations", Owner))["statusCode"].GetInt32());
    }
}
