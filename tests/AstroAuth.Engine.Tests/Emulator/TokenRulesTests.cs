using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>What the API refuses, and which field it names.</summary>
public sealed class TokenRulesTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Theory]
    [InlineData("""{"role":"WORKSPACE_AUTHOR","scope":"WORKSPACE","entityId":"$ws"}""", "name")]
    [InlineData("""{"name":"","role":"WORKSPACE_AUTHOR","scope":"WORKSPACE","entityId":"$ws"}""", "name")]
    [InlineData("""{"name":"n","role":"WORKSPACE_AUTHOR","scope":"WORKSPACE"}""", "entityId")]
    [InlineData("""{"name":"n","role":"DEPLOYMENT_ADMIN","scope":"DEPLOYMENT"}""", "entityId")]
    [InlineData("""{"name":"n","role":"ORGANIZATION_MEMBER","scope":"ORGANIZATION","entityId":"$org"}""", "entityId")]
    [InlineData("""{"name":"n","role":"WORKSPACE_AUTHOR","scope":"ORGANIZATION"}""", "role")]
    [InlineData("""{"name":"n","role":"WORKSPACE_AUTHOR","scope":"PLANET","entityId":"$ws"}""", "scope")]
    [InlineData("""{"name":"n","role":"WORKSPACE_AUTHOR","scope":"WORKSPACE","entityId":"$ws","tokenExpiryPeriodInDays":0}""", "tokenExpiryPeriodInDays")]
    [InlineData("""{"name":"n","role":"WORKSPACE_AUTHOR","scope":"WORKSPACE","entityId":"$ws","tokenExpiryPeriodInDays":3651}""", "tokenExpiryPeriodInDays")]
    [InlineData("""{"name":"n","role":"WORKSPACE_AUTHOR","scope":"WORKSPACE","entityId":"$ws","kind":"DIRECT_ACCESS"}""", "kind")]
    [InlineData("""{"name":"n","role":"WORKSPACE_AUTHOR","scope":"WORKSPACE","entityId":"$ws","type":"WORKSPACE"}""", "type")]
    public async Task create_refuses_and_names_the_field(string body, string field)
    {
        var reply = await Client.Post(
            Tokens, body.Replace("$ws", DataPlatform, StringComparison.Ordinal).Replace("$org", Emulator.OrganizationId, StringComparison.Ordinal),
            Owner);
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains(field, reply.FieldsInError);
        Assert.Equal(400, reply["statusCode"].GetInt32());
        Assert.Equal(reply.Value("requestId"), reply.Message.Headers.GetValues("X-Request-Id").Single());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3650)]
    public async Task create_accepts_the_ends_of_the_period(int days) =>
        Assert.Equal(days, (await CreateWorkspaceToken(days))["expiryPeriodInDays"].GetInt32());

    [Fact]
    public async Task direct_access_is_for_deployments()
    {
        var created = await Client.Post(
            Tokens, new { name = "d", role = "DEPLOYMENT_ADMIN", scope = "DEPLOYMENT", entityId = SalesEtl, kind = "DIRECT_ACCESS" }, Owner);
        Assert.Equal("DIRECT_ACCESS", created.Value("kind"));
    }

    [Fact]
    public async Task create_for_an_unknown_workspace_is_404()
    {
        var reply = await Client.Post(
            Tokens, new { name = "n", role = "WORKSPACE_AUTHOR", scope = "WORKSPACE", entityId = "cxxxxxxxxxxxxxxxxxxxxxxxx" }, Owner);
        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
    }

    [Theory]
    [InlineData(0, "", "name")]
    [InlineData(257, "", "name")]
    [InlineData(5, "long", "description")]
    public async Task update_checks_lengths(int nameLength, string description, string field)
    {
        var created = await CreateWorkspaceToken();
        var reply = await Client.Post(
            $"{Tokens}/{created.Value("id")}",
            new { name = new string('n', nameLength), description = description.Length == 0 ? "" : new string('d', 501) }, Owner);
        Assert.Equal([field], reply.FieldsInError);
    }

    [Fact]
    public async Task rotate_takes_no_body()
    {
        var created = await CreateWorkspaceToken();
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post($"{Tokens}/{created.Value("id")}/rotate", new { }, Owner)).Status);
        Assert.Equal(HttpStatusCode.OK, await Client.StatusWith(created.Value("token")));
    }

    [Theory]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("offset=x", "offset")]
    [InlineData("sorts=name", "sorts")]
    [InlineData("kind=NONE", "kind")]
    [InlineData("includeOnlyOrganizationTokens=1", "includeOnlyOrganizationTokens")]
    [InlineData("pageSize=5", "pageSize")]
    public async Task list_refuses_and_names_the_parameter(string query, string field)
    {
        var reply = await Client.Get($"{Tokens}?{query}", Owner);
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal([field], reply.FieldsInError);
    }

    [Fact]
    public async Task roles_are_replaced_as_a_whole()
    {
        var (id, _) = await Client.Mint(new { scope = "ORGANIZATION", role = "ORGANIZATION_MEMBER" });
        object[] roles =
        [
            new { entityType = "ORGANIZATION", entityId = Emulator.OrganizationId, role = "ORGANIZATION_MEMBER" },
            new { entityType = "DEPLOYMENT", entityId = SalesEtl, role = "DAG Deployer" },
            new { entityType = "DAG", entityId = "daily", role = "DAG_VIEWER", deploymentId = SalesEtl },
        ];
        var replaced = await Client.Post($"{Tokens}/{id}/roles", new { roles }, Owner);
        Assert.Equal("ORGANIZATION_MEMBER", replaced.Value("organizationRole"));
        Assert.Equal("daily", replaced["dagRoles"][0].GetProperty("dagId").GetString());
        Assert.Equal(3, (await Client.Get($"{Tokens}/{id}", Owner))["roles"].GetArrayLength());

        replaced = await Client.Post($"{Tokens}/{id}/roles", new { roles = roles[..1] }, Owner);
        Assert.False(replaced.Has("deploymentRoles"));
    }

    [Theory]
    [InlineData("""[]""", "roles")]
    [InlineData("""[{"entityType":"DEPLOYMENT","entityId":"$dep","role":"DEPLOYMENT_ADMIN"}]""", "roles")]
    [InlineData("""[$own,$own]""", "roles")]
    [InlineData("""[$own,{"entityType":"ORGANIZATION","entityId":"$org","role":"ORGANIZATION_MEMBER"}]""", "roles[1].entityType")]
    [InlineData("""[$own,{"entityType":"DEPLOYMENT","entityId":"$dep","role":"NO_SUCH_ROLE"}]""", "roles[1].role")]
    [InlineData("""[$own,{"entityType":"DAG","entityId":"d","role":"DAG_VIEWER"}]""", "roles[1].deploymentId")]
    [InlineData("""[$own,{"entityType":"DAG","entityId":"d","role":"DAG_VIEWER","deploymentId":"$dep"}]""", "roles[1].deploymentId")]
    [InlineData("""[{"entityType":"WORKSPACE","entityId":"$ws","role":"WORKSPACE_AUTHOR","scope":"x"}]""", "roles[0].scope")]
    public async Task role_rules_of_a_workspace_token_hold(string roles, string field)
    {
        var created = await CreateWorkspaceToken();
        var own = $$"""{"entityType":"WORKSPACE","entityId":"{{DataPlatform}}","role":"WORKSPACE_AUTHOR"}""";
        var text = roles.Replace("$own", own, StringComparison.Ordinal).Replace("$ws", DataPlatform, StringComparison.Ordinal)
            .Replace("$dep", SalesEtl, StringComparison.Ordinal).Replace("$org", Emulator.OrganizationId, StringComparison.Ordinal);
        var reply = await Client.Post($"{Tokens}/{created.Value("id")}/roles", $$"""{"roles":{{text}}}""", Owner);
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains(field, reply.FieldsInError);
    }
}
