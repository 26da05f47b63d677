using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Who is let in, and who may do what.</summary>
public sealed class AccessTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhdXRoMHx4In0.")]
    public async Task without_a_good_bearer_everything_is_401(string? token)
    {
        var reply = await Client.Get("/v1/organizations", token);
        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Equal(401, reply["statusCode"].GetInt32());
        Assert.NotEmpty(reply.Value("requestId"));
    }

    [Fact]
    public async Task expired_token_is_401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(Emulator.TokenValue("expired")));

    [Fact]
    public async Task token_of_another_start_is_401()
    {
        await using var other = await EmulatorProcess.StartAsync();
        Assert.Equal(Emulator.OrganizationId, other.OrganizationId);
        Assert.Equal(Emulator.TokenId("workspaceOwner"), other.TokenId("workspaceOwner"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(other.TokenValue("workspaceOwner")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Client.StatusWith(other.UserToken("owner")));
    }

    [Fact]
    public async Task foreign_organization_is_403()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Get($"/v1/organizations/{Emulator.ForeignOrganizationId}", Owner)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Get(Tokens, Emulator.UserToken("outsider"))).Status);
    }

    [Theory]
    [InlineData("organizationOwner", "ORGANIZATION", true)]
    [InlineData("organizationOwner", "DEPLOYMENT", true)]
    [InlineData("organizationMember", "ORGANIZATION", false)]
    [InlineData("workspaceOwner", "ORGANIZATION", false)]
    [InlineData("workspaceOwner", "WORKSPACE", true)]
    [InlineData("workspaceOwner", "DEPLOYMENT", true)]
    [InlineData("workspaceOperator", "WORKSPACE", true)]
    [InlineData("workspaceOperator", "DEPLOYMENT", false)]
    [InlineData("workspaceAuthor", "WORKSPACE", false)]
    [InlineData("workspaceMember", "WORKSPACE", false)]
    [InlineData("deploymentAdmin", "DEPLOYMENT", false)]
    public async Task creating_and_rotating_need_the_role_of_the_contract(string key, string scope, bool allowed)
    {
        var expected = allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        var body = new Dictionary<string, object> { ["name"] = "n", ["scope"] = scope };
        (body["role"], var entity) = scope switch
        {
            "ORGANIZATION" => ("ORGANIZATION_MEMBER", null),
            "WORKSPACE" => ("WORKSPACE_MEMBER", DataPlatform),
            _ => ("DEPLOYMENT_ADMIN", SalesEtl),
        };
        if (entity is not null)
            body["entityId"] = entity;
        Assert.Equal(expected, (await Client.Post(Tokens, body, Emulator.TokenValue(key))).Status);

        var (id, value) = await Client.Mint(body);
        Assert.Equal(expected, (await Client.Post($"{Tokens}/{id}/rotate", null, Emulator.TokenValue(key))).Status);
        Assert.Equal(allowed ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, await Client.StatusWith(value));
    }

    [Fact]
    public async Task rights_end_at_the_workspace()
    {
        var reply = await Client.Post(
            Tokens, new { name = "n", role = "WORKSPACE_MEMBER", scope = "WORKSPACE", entityId = Analytics }, Emulator.TokenValue("workspaceOwner"));
        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
    }

    [Fact]
    public async Task custom_role_can_keep_the_tokens_of_its_deployment()
    {
        var (_, keeper) = await Client.Mint(new { scope = "DEPLOYMENT", role = "Token Keeper", entityId = SalesEtl });
        var (id, _) = await Client.Mint(new { scope = "DEPLOYMENT", entityId = SalesEtl });
        Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Tokens}/{id}/rotate", null, keeper)).Status);
    }

    [Fact]
    public async Task nobody_grants_more_than_its_own_role()
    {
        var reply = await Client.Post(
            Tokens, new { name = "n", role = "WORKSPACE_OWNER", scope = "WORKSPACE", entityId = DataPlatform },
            Emulator.TokenValue("workspaceOperator"));
        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
    }

    [Fact]
    public async Task below_the_owner_only_the_own_role_entry_can_be_changed()
    {
        var (id, _) = await Client.Mint(new
        {
            scope = "ORGANIZATION",
            roles = new object[]
            {
                new { entityType = "ORGANIZATION", entityId = Emulator.OrganizationId, role = "ORGANIZATION_MEMBER" },
                new { entityType = "WORKSPACE", entityId = DataPlatform, role = "WORKSPACE_MEMBER" },
            },
        });
        var workspaceOwner = Emulator.TokenValue("workspaceOwner");
        var without = new { roles = new[] { new { entityType = "ORGANIZATION", entityId = Emulator.OrganizationId, role = "ORGANIZATION_MEMBER" } } };
        var raised = new { roles = new[] { new { entityType = "ORGANIZATION", entityId = Emulator.OrganizationId, role = "ORGANIZATION_OWNER" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post($"{Tokens}/{id}/rotate", null, workspaceOwner)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Post($"{Tokens}/{id}/roles", raised, workspaceOwner)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Post($"{Tokens}/{id}/roles", without, workspaceOwner)).Status);
    }

    [Fact]
    public async Task listing_is_for_who_may_look()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Get(Tokens, Emulator.TokenValue("workspaceOwner"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.Get($"{Tokens}?workspaceId={DataPlatform}", Emulator.TokenValue("workspaceOwner"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Get($"{Tokens}?workspaceId={Analytics}", Emulator.TokenValue("workspaceOwner"))).Status);
    }

    [Fact]
    public async Task deployment_token_sees_its_deployment_and_its_workspace_only()
    {
        var token = Emulator.TokenValue("deploymentAdmin");
        var deployments = await Client.Get(Client.Organization + "/deployments", token);
        Assert.Equal(SalesEtl, Assert.Single(deployments["deployments"].EnumerateArray()).GetProperty("id").GetString());
        var workspaces = await Client.Get(Client.Organization + "/workspaces", token);
        Assert.Equal(DataPlatform, Assert.Single(workspaces["workspaces"].EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await Client.Get($"{Client.Organization}/deployments/{Emulator.DeploymentId("sandbox")}", token)).Status);
    }

    [Fact]
    public async Task self_is_for_users_only()
    {
        var self = await Client.Get("/v1/users/self?createIfNotExist=true", Emulator.UserToken("owner"));
        Assert.Equal("amara.okafor@northwind.example", self.Value("username"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Get("/v1/users/self", Owner)).Status);
    }

    [Fact]
    public async Task rate_limits_answer_429_when_they_are_on()
    {
        await Client.Post("/_emulator/settings", new { enforceRateLimits = true });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => Client.StatusWith(Owner)));
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Contains(HttpStatusCode.OK, statuses);
    }
}
