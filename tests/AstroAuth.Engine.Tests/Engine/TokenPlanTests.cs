using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>What cannot be right is refused before anything is made.</summary>
public sealed class TokenPlanTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    [Theory]
    [InlineData("ORGANIZATION_MEMBER", null, null, "ORGANIZATION")]
    [InlineData("WORKSPACE_AUTHOR", "Data Platform", null, "WORKSPACE")]
    [InlineData("DEPLOYMENT_ADMIN", null, "sales-etl", "DEPLOYMENT")]
    [InlineData("DAG Deployer", null, "sales-etl", "DEPLOYMENT")]
    [InlineData("DAG Deployer", "Data Platform", "sales-etl", "DEPLOYMENT")]
    public async Task scope_and_entity_follow_from_role_and_places(string role, string? workspace, string? deployment, string scope)
    {
        var plan = await Plan(new() { Name = "n", Role = role, Workspace = workspace, Deployment = deployment });
        Assert.Equal(scope, plan.Scope);
        Assert.Equal(scope switch { "WORKSPACE" => DataPlatform, "DEPLOYMENT" => SalesEtl, _ => Emulator.OrganizationId }, plan.Entity!.Id);
        Assert.All(await Requests(), r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public async Task default_places_of_the_connection_are_taken()
    {
        var connection = Open(Emulator.TokenValue("deploymentAdmin"));
        Assert.Equal(SalesEtl, (await Engine.PlanApiTokenAsync(Call(connection), new() { Name = "n", Role = "DEPLOYMENT_ADMIN" })).Entity!.Id);
        var workspace = await Engine.PlanApiTokenAsync(Call(connection), new() { Name = "n", Role = "WORKSPACE_MEMBER" });
        Assert.Equal(DataPlatform, workspace.Entity!.Id);
        Assert.Empty(await Requests());
    }

    [Theory]
    [InlineData("WORKSPACE_OWNER", "ORGANIZATION")]
    [InlineData("ORGANIZATION_OWNER", "WORKSPACE")]
    [InlineData("WORKSPACE_AUTHOR", "DEPLOYMENT")]
    [InlineData("DEPLOYMENT_ADMIN", "WORKSPACE")]
    [InlineData("DAG Deployer", "WORKSPACE")]
    [InlineData("DAG Deployer", "ORGANIZATION")]
    public async Task role_of_another_scope_is_refused(string role, string scope) =>
        await Refused("RoleScopeMismatch", new() { Name = "n", Role = role, Scope = scope });

    [Fact]
    public async Task custom_role_alone_does_not_say_where() => await Refused("ScopeRequired", new() { Name = "n", Role = "DAG Deployer" });

    [Fact]
    public async Task missing_place_is_asked_for()
    {
        await Refused("WorkspaceRequired", new() { Name = "n", Role = "WORKSPACE_AUTHOR" });
        await Refused("DeploymentRequired", new() { Name = "n", Role = "DEPLOYMENT_ADMIN" });
    }

    [Fact]
    public async Task name_and_description_have_limits()
    {
        await Refused("InvalidTokenName", new() { Name = "", Role = "ORGANIZATION_MEMBER" });
        await Refused("InvalidTokenName", new() { Name = new string('n', 257), Role = "ORGANIZATION_MEMBER" });
        await Refused("InvalidTokenDescription", new() { Name = "n", Role = "ORGANIZATION_MEMBER", Description = new string('d', 501) });
        await Plan(new() { Name = new string('n', 256), Role = "ORGANIZATION_MEMBER", Description = new string('d', 500) });
    }

    [Fact]
    public async Task place_that_is_not_there_is_said_so() =>
        await Fails<AstroException>("WorkspaceNotFound", () => Plan(new() { Name = "n", Role = "WORKSPACE_AUTHOR", Workspace = "Nowhere" }));

    private async Task Refused(string errorId, ApiTokenCreation creation)
    {
        Assert.Equal(AstroErrorCategory.InvalidArgument, (await Fails<AstroException>(errorId, () => Plan(creation))).Category);
        Assert.Empty(await Requests());
    }

    private Task<ApiTokenCreation> Plan(ApiTokenCreation creation) => Engine.PlanApiTokenAsync(OwnerCall(), creation);
}
