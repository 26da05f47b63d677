using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>From create to delete: when a value lives and when it is dead.</summary>
public sealed class TokenLifeTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact]
    public async Task created_value_authenticates_and_is_never_shown_again()
    {
        var created = await CreateWorkspaceToken();
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));

        var read = await Client.Get($"{Tokens}/{created.Value("id")}", Owner);
        Assert.False(read.Has("token"));
        var list = await Client.Get($"{Tokens}?workspaceId={DataPlatform}&limit=1000", Owner);
        Assert.DoesNotContain(created.Value("token"), list.Text, StringComparison.Ordinal);
        Assert.Contains(created.Value("id"), list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task end_is_start_plus_the_asked_days()
    {
        var created = await CreateWorkspaceToken(days: 7);
        Assert.Equal(created["startAt"].GetDateTimeOffset().AddDays(7), created["endAt"].GetDateTimeOffset());
        Assert.Equal(7, created["expiryPeriodInDays"].GetInt32());
    }

    [Fact]
    public async Task token_without_a_period_never_expires_and_has_no_exp()
    {
        var created = await CreateWorkspaceToken(days: null);
        Assert.False(created.Has("endAt"));
        Assert.False(Jwt.Payload(created.Value("token")).TryGetProperty("exp", out _));
        await Client.Advance(TimeSpan.FromDays(20000));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));
    }

    [Fact]
    public async Task rotated_value_is_dead_at_once()
    {
        var created = await CreateWorkspaceToken();
        var rotated = await Client.Post($"{Tokens}/{created.Value("id")}/rotate", null, Owner);
        Assert.Equal(HttpStatusCode.OK, rotated.Status);
        Assert.NotEqual(created.Value("token"), rotated.Value("token"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(created.Value("token")));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(rotated.Value("token")));
    }

    [Fact]
    public async Task rotation_keeps_the_token_and_renews_its_period()
    {
        var created = await CreateWorkspaceToken(days: 30);
        await Client.Advance(TimeSpan.FromDays(10));
        var rotated = await Client.Post($"{Tokens}/{created.Value("id")}/rotate", null, Owner);
        Assert.Equal(created.Value("id"), rotated.Value("id"));
        Assert.Equal(created["roles"].ToString(), rotated["roles"].ToString());
        Assert.True(rotated["startAt"].GetDateTimeOffset() >= created["startAt"].GetDateTimeOffset().AddDays(10));
        Assert.Equal(rotated["startAt"].GetDateTimeOffset().AddDays(30), rotated["endAt"].GetDateTimeOffset());
        Assert.Equal(rotated["startAt"].ToString(), rotated["lastRotatedAt"].ToString());
        Assert.Equal(created["createdAt"].ToString(), rotated["createdAt"].ToString());
    }

    [Fact]
    public async Task token_can_rotate_itself_where_its_role_allows()
    {
        var (id, value) = await Client.Mint(new { scope = "WORKSPACE", role = "WORKSPACE_OPERATOR", entityId = DataPlatform });
        var rotated = await Client.Post($"{Tokens}/{id}/rotate", null, value);
        Assert.Equal(HttpStatusCode.OK, rotated.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(value));
    }

    [Fact]
    public async Task deleted_token_is_dead_and_deleting_again_is_404()
    {
        var created = await CreateWorkspaceToken();
        var path = $"{Tokens}/{created.Value("id")}";
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete(path, Owner)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(created.Value("token")));
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Delete(path, Owner)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(path, Owner)).Status);
    }

    [Fact]
    public async Task token_dies_when_the_clock_passes_its_end()
    {
        var created = await CreateWorkspaceToken(days: 1);
        await Client.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));
        await Client.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(created.Value("token")));
    }

    [Fact]
    public async Task seeded_token_of_the_future_lives_from_its_start()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(Emulator.TokenValue("notYetValid")));
        await Client.Advance(TimeSpan.FromDays(31));
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(Emulator.TokenValue("notYetValid")));
    }

    [Fact]
    public async Task use_is_recorded_and_looking_is_not_a_use()
    {
        var created = await CreateWorkspaceToken();
        var path = $"{Tokens}/{created.Value("id")}";
        Assert.True((await Client.Get("/_emulator/authenticates", created.Value("token")))["authenticates"].GetBoolean());
        Assert.False((await Client.Get(path, Owner)).Has("lastUsedAt"));
        await Client.StatusWith(created.Value("token"));
        Assert.True((await Client.Get(path, Owner)).Has("lastUsedAt"));
    }

    [Fact]
    public async Task update_changes_name_and_description_only()
    {
        var created = await CreateWorkspaceToken();
        var updated = await Client.Post($"{Tokens}/{created.Value("id")}", new { name = "new name", description = "why" }, Owner);
        Assert.Equal("new name", updated.Value("name"));
        Assert.Equal("why", updated.Value("description"));
        Assert.Equal(created["endAt"].ToString(), updated["endAt"].ToString());
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));
    }

    [Fact]
    public void api_tokens_are_jwts_with_astros_claims_in_astros_order()
    {
        var organization = "organizationId:" + Emulator.OrganizationId;
        Assert.Equal([organization], Permissions("organizationOwner"));
        Assert.Equal(["workspaceId:" + DataPlatform, organization], Permissions("workspaceAuthor"));
        Assert.Equal(["workspaceId:" + DataPlatform, organization, "deploymentId:" + SalesEtl], Permissions("deploymentAdmin"));

        var value = Emulator.TokenValue("workspaceAuthor");
        var payload = Jwt.Payload(value);
        Assert.Equal("RS256", Jwt.Header(value).GetProperty("alg").GetString());
        Assert.Equal(Emulator.TokenId("workspaceAuthor"), payload.GetProperty("apiTokenId").GetString());
        Assert.StartsWith("org_", payload.GetProperty("org_id").GetString(), StringComparison.Ordinal);
        Assert.True(payload.GetProperty("isAstronomerGenerated").GetBoolean());
        foreach (var claim in new[] { "iss", "sub", "aud", "iat", "nbf", "exp", "scope", "version", "kid" })
            Assert.True(payload.TryGetProperty(claim, out _), claim);

        string[] Permissions(string key) =>
            [.. Jwt.Payload(Emulator.TokenValue(key)).GetProperty("permissions").EnumerateArray().Select(p => p.GetString()!)];
    }
}
