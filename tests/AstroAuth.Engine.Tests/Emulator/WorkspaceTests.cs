using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Workspaces are made, changed and removed as Astro does it.</summary>
public sealed class WorkspaceTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private string Workspaces => Client.Organization + "/workspaces";

    [Fact]
    public async Task a_workspace_is_made_changed_and_removed()
    {
        var made = await Client.Post(Workspaces, new { name = "made", defaultCloudProvider = "AWS", defaultRegion = "us-east-1" }, Owner);
        Assert.False(made["cicdEnforcedDefault"].GetBoolean());
        var item = $"{Workspaces}/{made.Value("id")}";
        await Client.Advance(TimeSpan.FromMinutes(1));
        await Client.Post(item, new { name = "changed", description = "x", cicdEnforcedDefault = true }, Owner);

        var changed = await Client.Get(item, Owner);
        Assert.Equal("changed", changed.Value("name"));
        Assert.True(changed["cicdEnforcedDefault"].GetBoolean());
        Assert.False(changed.Has("defaultRegion"));
        Assert.True(changed["updatedAt"].GetDateTimeOffset() > changed["createdAt"].GetDateTimeOffset());

        Assert.Equal(HttpStatusCode.NoContent, (await Client.Delete(item, Owner)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(item, Owner)).Status);
    }

    [Fact]
    public async Task what_cannot_be_right_is_named_by_field()
    {
        Assert.Equal(["name"], (await Client.Post(Workspaces, new { name = new string('x', 51) }, Owner)).FieldsInError);
        Assert.Equal(["colour"], (await Client.Post(Workspaces, new { name = "x", colour = "red" }, Owner)).FieldsInError);
        Assert.Equal(["defaultRegion"], (await Client.Post(Workspaces, new { name = "x", defaultCloudProvider = "AWS" }, Owner)).FieldsInError);
        Assert.Equal(["defaultClusterId"], (await Client.Post(
            Workspaces, new { name = "x", defaultClusterId = "c", defaultCloudProvider = "AWS", defaultRegion = "y" }, Owner)).FieldsInError);
        Assert.Equal(["description", "cicdEnforcedDefault"], (await Client.Post($"{Workspaces}/{Analytics}", new { name = "x" }, Owner)).FieldsInError);
    }

    [Theory]
    [InlineData("workspaceOperator", HttpStatusCode.Forbidden)]
    [InlineData("workspaceOwner", HttpStatusCode.OK)]
    public async Task an_update_needs_its_owner(string token, HttpStatusCode expected)
    {
        var now = await Client.Get($"{Workspaces}/{DataPlatform}", Owner);
        var same = new { name = now.Value("name"), description = now.Value("description"), cicdEnforcedDefault = now["cicdEnforcedDefault"].GetBoolean() };
        Assert.Equal(expected, (await Client.Post($"{Workspaces}/{DataPlatform}", same, Emulator.TokenValue(token))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post(Workspaces, new { name = "no" }, Emulator.TokenValue(token))).Status);
    }

    [Fact]
    public async Task one_with_deployments_stays()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Delete($"{Workspaces}/{DataPlatform}", Owner)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Get($"{Workspaces}/{DataPlatform}", Owner)).Status);
    }

    [Fact]
    public async Task its_tokens_end_with_it()
    {
        var made = (await Client.Post(Workspaces, new { name = "doomed" }, Owner)).Value("id");
        var (_, value) = await Client.Mint(new { scope = "WORKSPACE", entityId = made });
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(value));
        await Client.Delete($"{Workspaces}/{made}", Owner);
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(value));
    }
}
