using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>Pages, orders and filters.</summary>
public sealed class ListingTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact]
    public async Task pages_cover_every_token_once()
    {
        var first = await Client.Get(Tokens, Owner);
        Assert.Equal(20, first["limit"].GetInt32());
        Assert.Equal(20, first["tokens"].GetArrayLength());
        var total = first["totalCount"].GetInt32();
        var ids = new List<string>();
        for (var offset = 0; offset < total; offset += 7)
            ids.AddRange(Texts((await Client.Get($"{Tokens}?offset={offset}&limit=7", Owner))["tokens"], "id"));
        Assert.Equal(total, ids.Distinct().Count());
        Assert.Equal(0, (await Client.Get($"{Tokens}?offset={total}", Owner))["tokens"].GetArrayLength());
    }

    [Fact]
    public async Task sorts_follow_their_order()
    {
        var names = Texts((await Client.Get($"{Tokens}?limit=1000&sorts=name:desc", Owner))["tokens"], "name");
        Assert.Equal(names.OrderDescending(StringComparer.Ordinal), names);
        var starts = (await Client.Get($"{Tokens}?limit=1000&sorts=tokenStartAt:asc&sorts=name:asc", Owner))["tokens"].EnumerateArray()
            .Select(t => t.GetProperty("startAt").GetDateTimeOffset()).ToList();
        Assert.Equal(starts.Order(), starts);
    }

    [Fact]
    public async Task workspace_filter_finds_owned_and_assigned_tokens()
    {
        var tokens = (await Client.Get($"{Tokens}?limit=1000&workspaceId={DataPlatform}", Owner))["tokens"];
        Assert.Contains("github-actions", Texts(tokens, "name"));
        Assert.Contains("cross-team-deployer", Texts(tokens, "name"));
        Assert.DoesNotContain("dashboards", Texts(tokens, "name"));
    }

    [Fact]
    public async Task other_filters_narrow_the_list()
    {
        Assert.All(Texts((await Client.Get($"{Tokens}?limit=1000&includeOnlyOrganizationTokens=true", Owner))["tokens"], "scope"),
            scope => Assert.Equal("ORGANIZATION", scope));
        Assert.Contains("airflow-trigger", Texts((await Client.Get($"{Tokens}?limit=1000&kind=DIRECT_ACCESS", Owner))["tokens"], "name"));
        var onSales = Texts((await Client.Get($"{Tokens}?limit=1000&deploymentId={SalesEtl}", Owner))["tokens"], "name");
        Assert.Contains("sales-etl-admin", onSales);
        Assert.Contains("dag-watcher", onSales);
        Assert.Equal(["dag-watcher"], Texts((await Client.Get($"{Tokens}?dagTags=finance&dagTags=other", Owner))["tokens"], "name"));
    }

    [Fact]
    public async Task workspaces_and_deployments_filter_by_repeated_parameters()
    {
        var workspaces = await Client.Get($"{Client.Organization}/workspaces?names=Analytics&names=Nowhere", Owner);
        Assert.Equal(["Analytics"], Texts(workspaces["workspaces"], "name"));
        var deployments = await Client.Get($"{Client.Organization}/deployments?workspaceIds={Analytics}&sorts=name:asc&limit=5000", Owner);
        Assert.Equal(["reporting", "sandbox"], Texts(deployments["deployments"], "name"));
    }

    [Fact]
    public async Task deployments_are_of_both_airflow_generations_and_in_several_states()
    {
        var deployments = (await Client.Get($"{Client.Organization}/deployments", Owner))["deployments"];
        Assert.Equal(4, Texts(deployments, "status").Distinct().Count());
        Assert.Contains(Texts(deployments, "apiUrl"), url => url.EndsWith("/api/v1", StringComparison.Ordinal));
        Assert.Contains(Texts(deployments, "apiUrl"), url => url.EndsWith("/api/v2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task default_roles_come_on_request_and_carry_permissions()
    {
        var plain = await Client.Get($"{Client.Organization}/roles", Owner);
        Assert.False(plain.Has("defaultRoles"));
        var roles = await Client.Get($"{Client.Organization}/roles?includeDefaultRoles=true&scopeTypes=DEPLOYMENT", Owner);
        Assert.Contains("DEPLOYMENT_ADMIN", Texts(roles["defaultRoles"], "name"));
        Assert.Equal(2, roles["totalCount"].GetInt32());
        var id = roles["roles"][0].GetProperty("id").GetString();
        Assert.Contains("deployment.get", (await Client.Get($"{Client.Organization}/roles/{id}", Owner))["permissions"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task templates_and_permission_groups_are_arrays()
    {
        var templates = await Client.Get($"{Client.Organization}/role-templates?scopeTypes=DEPLOYMENT", Owner);
        Assert.Contains("Deployment Viewer", Texts(templates.Json, "name"));
        var groups = await Client.Get("/v1/authorization/permission-groups?scopeType=DEPLOYMENT", Owner);
        Assert.Contains("deployment.deploys", Texts(groups.Json, "name"));
    }

    [Fact]
    public async Task who_has_left_is_no_user_but_still_a_creator()
    {
        var users = await Client.Get($"{Client.Organization}/users?limit=1000&sorts=username:asc", Owner);
        Assert.DoesNotContain("Ines Costa", Texts(users["users"], "fullName"));
        var tokens = await Client.Get($"{Tokens}?limit=1000", Owner);
        Assert.Contains(tokens["tokens"].EnumerateArray(), t => t.GetProperty("createdBy").GetProperty("fullName").GetString() == "Ines Costa");
    }

    [Fact]
    public async Task ids_are_cuids()
    {
        var tokens = await Client.Get($"{Tokens}?limit=1000", Owner);
        Assert.All(Texts(tokens["tokens"], "id").Append(Emulator.OrganizationId).Append(SalesEtl), id => Assert.Matches("^c[a-z0-9]{24}$", id));
    }

    private static List<string> Texts(JsonElement list, string name) =>
        [.. list.EnumerateArray().Select(e => e.GetProperty(name).GetString()!)];
}
