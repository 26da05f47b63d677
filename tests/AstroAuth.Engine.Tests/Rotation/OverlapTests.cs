using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>A successor that is like the old token, proven and kept before the old one goes; else all is as it was.</summary>
public sealed class OverlapTests(EmulatorFixture fixture) : RotationTest(fixture)
{
    [Theory]
    [InlineData("ORGANIZATION", 30)]
    [InlineData("WORKSPACE", null)]
    [InlineData("DEPLOYMENT", 7)]
    public async Task successor_is_like_the_old_token_and_takes_its_place(string scope, int? days)
    {
        var (id, value) = await Make("what it is for", days, scope);
        var before = await Find(id);
        var result = await Rotate(id);
        Assert.Equal((AstroRotationStatus.Rotated, null), (result.Status, result.Reason));
        var left = await AssertWhole("what it is for");
        Assert.Equal(result.NewId, left.GetProperty("id").GetString());
        Assert.NotEqual(id, result.NewId);
        Assert.Equal("False", await Authenticates(value));
        foreach (var same in (string[])["name", "scope", "kind", "roles"])
            Assert.Equal(before!.Value.GetProperty(same).ToString(), left.GetProperty(same).ToString());
        Assert.Equal(days, left.TryGetProperty("expiryPeriodInDays", out var period) ? period.GetInt32() : null);
        Assert.Equal(days is null, result.ExpiresOn is null);
        Assert.Null(result.Token);
    }

    [Fact]
    public async Task all_roles_go_over_also_those_on_dags()
    {
        var (id, _) = await Make(scope: "ORGANIZATION", role: "ORGANIZATION_MEMBER");
        object[] roles =
        [
            new { entityType = "ORGANIZATION", entityId = Emulator.OrganizationId, role = "ORGANIZATION_MEMBER" },
            new { entityType = "WORKSPACE", entityId = DataPlatform, role = "WORKSPACE_MEMBER" },
            new { entityType = "DEPLOYMENT", entityId = SalesEtl, role = "DEPLOYMENT_ADMIN" },
            new { entityType = "DAG", entityId = "daily", role = "DAG_VIEWER", deploymentId = SalesEtl },
            new { entityType = "DAG_TAG", entityId = "finance", role = "DAG_AUTHOR", deploymentId = SalesEtl },
        ];
        Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Tokens}/{id}/roles", new { roles }, Owner)).Status);
        var before = (await Find(id))!.Value.GetProperty("roles").ToString();
        await Rotate(id);
        Assert.Equal(before, (await AssertWhole()).GetProperty("roles").ToString());
    }

    [Fact]
    public async Task few_requests_are_made_and_the_old_token_goes_only_after_the_proof()
    {
        var (id, _) = await Make();
        await Rotate(id);
        var seen = (await Requests()).Select(r => r.Method + (r.Path == "/v1/organizations" ? " proof" : r.Path.EndsWith("/tokens", StringComparison.Ordinal) ? " tokens" : r.Path.EndsWith(id, StringComparison.Ordinal) ? " old" : " new"));
        Assert.Equal(["GET tokens", "POST tokens", "GET tokens", "GET old", "GET proof", "GET new", "DELETE old", "POST new"], seen);
        Assert.Equal(["look V/s", "write V/s"], Vault.Calls);
    }

    [Fact]
    public async Task own_period_can_be_asked_for()
    {
        var (id, _) = await Make(days: 30);
        await Rotate(id, new AstroRotationRequest { ExpiresInDays = 5 });
        Assert.Equal(5, (await AssertWhole()).GetProperty("expiryPeriodInDays").GetInt32());
    }

    [Fact]
    public async Task description_without_room_for_a_note_goes_over_whole()
    {
        var (id, _) = await Make(new string('x', 500));
        await Rotate(id);
        await AssertWhole(new string('x', 500));
    }

    [Fact]
    public async Task what_a_user_writes_meanwhile_is_kept()
    {
        var (id, _) = await Make();
        Vault.After = At("write V/s", async () =>
        {
            var successor = (await Named(Name)).Single(t => t.GetProperty("id").GetString() != id);
            await Edit(successor.GetProperty("id").GetString()!, "edited " + DescriptionOf(successor)[5..], Name);
        });
        await Rotate(id);
        await AssertWhole("edited");
    }

    [Fact]
    public async Task token_that_the_list_may_not_show_is_found_by_its_id()
    {
        var (id, _) = await Make(scope: "DEPLOYMENT");
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, call: Call(Open(Emulator.TokenValue("workspaceOwner"))))).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task person_rotates_as_well()
    {
        var (id, _) = await Make();
        Assert.Equal(AstroRotationStatus.Rotated, (await Rotate(id, call: Call(Open(Emulator.UserToken("owner"), AstroCredentialKind.AccessToken)))).Status);
        await AssertWhole();
    }

    [Fact]
    public async Task token_that_is_not_there_is_an_error_of_its_own()
    {
        var (id, _) = await Make();
        var results = await RotateAll(new AstroRotationRequest(), null, null, "s", "cnothingnothingnothingnot", id);
        Assert.Equal(["RotationTokenNotFound", null], results.OrderBy(r => r.ErrorId is null).Select(r => r.ErrorId));
        await AssertWhole();
    }

    [Fact]
    public async Task secret_is_in_nothing_that_is_told()
    {
        var (id, value) = await Make();
        var result = await Rotate(id);
        Assert.DoesNotContain(value, Sink.All + result, StringComparison.Ordinal);
        Assert.DoesNotContain(Vault["s"]!, Sink.All + result, StringComparison.Ordinal);
    }
}
