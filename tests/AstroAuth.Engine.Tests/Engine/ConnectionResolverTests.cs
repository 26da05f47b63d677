using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A connection's places are found with as few requests as can be.</summary>
public sealed class ConnectionResolverTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private const string TwoOrganizations =
        """{"organizations":[{"id":"o1","name":"North"},{"id":"o2","name":"South"},{"id":"o3","name":"south"}],"totalCount":3}""";

    private static readonly AstroPlaces s_none = new(null, null, null);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task api_token_costs_one_request_with_validation_and_none_without(bool validate, int requests)
    {
        var connection = await Resolve(Open(Emulator.TokenValue("workspaceAuthor")), s_none, validate);
        Assert.Equal((Emulator.OrganizationId, DataPlatform), (connection.Organization?.Id, connection.Workspace?.Id));
        Assert.Equal(requests, (await Requests()).Count);
        Assert.Equal(validate ? "Northwind Traders" : null, connection.Organization?.Name);
    }

    [Fact]
    public async Task places_given_by_id_cost_nothing_without_validation()
    {
        var connection = await Resolve(Open(Owner), new(Emulator.OrganizationId, Analytics, SalesEtl), validate: false);
        Assert.Equal((Analytics, SalesEtl), (connection.Workspace?.Id, connection.Deployment?.Id));
        Assert.Empty(await Requests());
    }

    [Fact]
    public async Task places_given_by_name_are_asked_for()
    {
        var connection = await Resolve(Open(Owner), new(null, "Data Platform", "sales-etl"), validate: false);
        Assert.Equal((DataPlatform, SalesEtl), (connection.Workspace?.Id, connection.Deployment?.Id));
        Assert.Equal(2, (await Requests()).Count);
    }

    [Fact]
    public async Task only_organization_of_a_user_is_chosen()
    {
        var connection = await Resolve(OpenUser(), s_none, validate: true);
        Assert.Equal((Emulator.OrganizationId, "Northwind Traders"), (connection.Organization?.Id, connection.Organization?.Name));
        Assert.Single(await Requests());
    }

    [Fact]
    public async Task several_organizations_have_to_be_chosen_from()
    {
        await Answer("/organizations$", TwoOrganizations);
        var failure = await Fails<AstroException>("OrganizationRequired", () => Resolve(OpenUser(), s_none, validate: true));
        Assert.Contains("North (o1), South (o2)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("North", "o1")]
    [InlineData("north", "o1")]
    [InlineData("South", "o2")]
    [InlineData("south", "o3")]
    public async Task organization_is_found_by_its_name(string name, string id)
    {
        await Answer("/organizations$", TwoOrganizations);
        Assert.Equal(id, (await Resolve(OpenUser(), new(name, null, null), validate: true)).Organization?.Id);
    }

    [Fact]
    public async Task organization_name_that_several_have_is_ambiguous()
    {
        await Answer("/organizations$", TwoOrganizations);
        var failure = await Fails<AstroException>("AmbiguousName", () => Resolve(OpenUser(), new("SOUTH", null, null), validate: true));
        Assert.Contains("o2, o3", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nowhere")]
    [InlineData("c000000000000000000000000")]
    public async Task organization_that_is_not_seen_is_not_found(string organization)
    {
        var failure = await Fails<AstroException>("OrganizationNotFound", () => Resolve(OpenUser(), new(organization, null, null), validate: true));
        Assert.Contains("Northwind Traders", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task no_organization_at_all_is_said_so()
    {
        await Answer("/organizations$", """{"organizations":[],"totalCount":0}""");
        await Fails<AstroException>("NoOrganization", () => Resolve(OpenUser(), s_none, validate: true));
    }

    [Fact]
    public async Task deployment_of_a_key_is_found_out()
    {
        var connection = await Resolve(OpenKey(), s_none, validate: true);
        Assert.Equal((Emulator.OrganizationId, DataPlatform, SalesEtl), (connection.Organization?.Id, connection.Workspace?.Id, connection.Deployment?.Id));
        Assert.Equal("sales-etl", connection.Deployment?.Name);
        Assert.Null(connection.ExpiresOn);
    }

    [Fact]
    public async Task token_of_a_deployment_without_its_claims_finds_it_out()
    {
        var (_, value) = await Client.Mint(new
        {
            scope = "DEPLOYMENT", entityId = SalesEtl, omitPermissions = (string[])["workspaceId", "deploymentId"],
        });
        var connection = await Resolve(Open(value), s_none, validate: true);
        Assert.Equal(Emulator.OrganizationId, connection.Organization?.Id);
    }

    [Fact]
    public async Task refused_token_is_found_out_by_validation_and_named()
    {
        var (id, value) = await Client.Mint(new { scope = "WORKSPACE" });
        await Client.Delete($"{Tokens}/{id}", Owner);
        var failure = await Fails<AstroApiException>("Unauthorized", () => Resolve(Open(value), s_none, validate: true));
        Assert.Contains(id, failure.Message, StringComparison.Ordinal);
        Assert.Equal(AstroErrorCategory.AuthenticationError, failure.Category);
        Assert.NotNull(failure.RequestId);
    }

    [Fact]
    public async Task connection_itself_is_never_changed()
    {
        var connection = OpenUser();
        await Resolve(connection, s_none, validate: true);
        Assert.Null(connection.Organization);
    }

    [Fact]
    public async Task test_reports_who_and_never_throws()
    {
        var good = await Engine.TestAsync(Call(Open(Emulator.TokenValue("workspaceOwner"))));
        Assert.Equal((true, true, "data-platform-admin", "WORKSPACE"), (good.Success, good.Reachable, good.Who, good.Scope));
        await Fault(new { status = 401, count = 0 });
        var bad = await Engine.TestAsync(OwnerCall());
        Assert.Equal((false, true, "Unauthorized"), (bad.Success, bad.Reachable, bad.ErrorId));
        var gone = await Engine.TestAsync(Call(Open(Owner, domain: "localhost:1")));
        Assert.Equal((false, false, "HostUnreachable"), (gone.Success, gone.Reachable, gone.ErrorId));
    }

    private AstroConnection OpenUser() => Open(Emulator.UserToken("owner"), AstroCredentialKind.AccessToken);

    private Task<AstroConnection> Resolve(AstroConnection connection, AstroPlaces places, bool validate) =>
        Engine.ResolveAsync(Call(connection), places, validate);
}
