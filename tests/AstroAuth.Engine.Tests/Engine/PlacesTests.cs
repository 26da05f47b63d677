using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Workspaces and deployments are found by id or exact name, and never by guess.</summary>
public sealed class PlacesTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private const string Two =
        """
        {"workspaces":[{"id":"w1","name":"Prod"},{"id":"w2","name":"prod"},{"id":"w3","name":"Prod EU"}],
         "deployments":[{"id":"d1","name":"etl","workspaceId":"w1"},{"id":"d2","name":"etl","workspaceId":"w2"}],"totalCount":3}
        """;

    private Places Find => new(new ApiClient(OwnerCall()));

    [Theory]
    [InlineData("c123456789012345678901234", true)]
    [InlineData("c12345678901234567890123", false)]
    [InlineData("c1234567890123456789012345", false)]
    [InlineData("C123456789012345678901234", false)]
    [InlineData("a123456789012345678901234", false)]
    [InlineData("c12345678901234567890123-", false)]
    [InlineData("c12345678901234567890123é", false)]
    [InlineData("", false)]
    public void id_is_a_cuid(string text, bool expected) => Assert.Equal(expected, Places.IsId(text));

    [Fact]
    public async Task id_costs_no_request()
    {
        Assert.Equal(DataPlatform, (await Find.FindWorkspaceAsync(Emulator.OrganizationId, DataPlatform)).Id);
        Assert.Equal(SalesEtl, (await Find.FindDeploymentAsync(Emulator.OrganizationId, null, SalesEtl)).Id);
        Assert.Empty(await Requests());
    }

    [Theory]
    [InlineData("Data Platform")]
    [InlineData("data platform")]
    public async Task name_is_found_with_the_case_that_astro_has(string name)
    {
        await Answer("/workspaces$", $$"""{"workspaces":[{"id":"{{DataPlatform}}","name":"Data Platform"}],"totalCount":1}""");
        var found = await Find.FindWorkspaceAsync(Emulator.OrganizationId, name);
        Assert.Equal((DataPlatform, "Data Platform"), (found.Id, found.Name));
        Assert.Contains("names=", Assert.Single(await Requests()).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task deployment_is_found_by_name_and_by_its_workspace()
    {
        Assert.Equal(SalesEtl, (await Find.FindDeploymentAsync(Emulator.OrganizationId, null, "sales-etl")).Id);
        Assert.Equal(SalesEtl, (await Find.FindDeploymentAsync(Emulator.OrganizationId, DataPlatform, "sales-etl")).Id);
        await Fails<AstroException>("DeploymentNotFound", () => Find.FindDeploymentAsync(Emulator.OrganizationId, Analytics, "sales-etl"));
    }

    [Theory]
    [InlineData("Prod", "w1")]
    [InlineData("prod", "w2")]
    public async Task exact_case_goes_before_another(string name, string id)
    {
        await Answer("/workspaces$", Two);
        Assert.Equal(id, (await Find.FindWorkspaceAsync(Emulator.OrganizationId, name)).Id);
    }

    [Fact]
    public async Task name_that_several_have_is_ambiguous_and_lists_their_ids()
    {
        await Answer("/(workspaces|deployments)$", Two);
        var failure = await Fails<AstroException>("AmbiguousName", () => Find.FindDeploymentAsync(Emulator.OrganizationId, null, "etl"));
        Assert.Contains("d1, d2", failure.Message, StringComparison.Ordinal);
        await Fails<AstroException>("AmbiguousName", () => Find.FindWorkspaceAsync(Emulator.OrganizationId, "PROD"));
    }

    [Theory]
    [InlineData("Data")]
    [InlineData("Data Platform ")]
    [InlineData("nothing & nowhere=1")]
    public async Task name_that_only_resembles_is_not_found(string name)
    {
        var failure = await Fails<AstroException>("WorkspaceNotFound", () => Find.FindWorkspaceAsync(Emulator.OrganizationId, name));
        Assert.Equal((AstroErrorCategory.ObjectNotFound, name), (failure.Category, failure.Target));
    }

    [Fact]
    public async Task list_without_its_items_finds_nothing()
    {
        await Answer("/(workspaces|deployments)$", "{}");
        await Fails<AstroException>("WorkspaceNotFound", () => Find.FindWorkspaceAsync(Emulator.OrganizationId, "x"));
        await Fails<AstroException>("DeploymentNotFound", () => Find.FindDeploymentAsync(Emulator.OrganizationId, null, "x"));
    }
}
