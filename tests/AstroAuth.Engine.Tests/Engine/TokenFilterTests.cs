using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tests.Support;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A query gets the tokens it describes, and every condition of it counts.</summary>
public sealed class TokenFilterTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private static readonly ApiTokenAnswer s_token = new()
    {
        Id = "t", Name = "nightly", Scope = "WORKSPACE", StartAt = Forge.Now.AddDays(-100), EndAt = Forge.Now.AddDays(5), LastUsedAt = Forge.Now.AddDays(-40),
    };

    private static readonly ApiTokenAnswer s_forever = s_token with { EndAt = null, LastUsedAt = null };

    [Theory]
    [InlineData(4.99, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public void expiring_within_includes_its_last_moment(double days, bool wanted) =>
        Assert.Equal(wanted, Wants(new() { ExpiringWithin = TimeSpan.FromDays(days) }, s_token));

    [Fact]
    public void expiring_within_includes_the_expired_and_never_the_endless()
    {
        var soon = new ApiTokenQuery { ExpiringWithin = TimeSpan.Zero };
        Assert.True(Wants(soon, s_token with { EndAt = Forge.Now.AddDays(-400) }));
        Assert.False(Wants(soon with { ExpiringWithin = TimeSpan.FromDays(36500) }, s_forever));
    }

    [Fact]
    public void never_expires_means_no_end() =>
        Assert.Equal((false, true), (Wants(new() { NeverExpires = true }, s_token), Wants(new() { NeverExpires = true }, s_forever)));

    [Theory]
    [InlineData(40, true, true)]
    [InlineData(41, false, true)]
    [InlineData(100, false, true)]
    [InlineData(101, false, false)]
    public void unused_counts_from_the_last_use_or_the_start(int days, bool used, bool neverUsed)
    {
        var idle = new ApiTokenQuery { UnusedFor = TimeSpan.FromDays(days) };
        Assert.Equal((used, neverUsed), (Wants(idle, s_token), Wants(idle, s_forever)));
    }

    [Fact]
    public void all_conditions_must_hold()
    {
        var query = new ApiTokenQuery
        {
            Scope = "WORKSPACE", ExpiringWithin = TimeSpan.FromDays(30), UnusedFor = TimeSpan.FromDays(30), NameMatches = n => n == "nightly",
        };
        Assert.True(Wants(query, s_token));
        Assert.False(Wants(query with { Scope = "ORGANIZATION" }, s_token));
        Assert.False(Wants(query with { NameMatches = _ => false }, s_token));
        Assert.False(Wants(query with { NeverExpires = true }, s_token));
        Assert.False(Wants(query with { UnusedFor = TimeSpan.FromDays(41) }, s_token));
        Assert.False(Wants(query with { ExpiringWithin = TimeSpan.FromDays(1) }, s_token));
    }

    [Fact]
    public async Task scope_of_organizations_is_sorted_out_by_astro()
    {
        var found = await List(Owner, new() { Scope = "ORGANIZATION" });
        Assert.NotEmpty(found);
        Assert.All(found, t => Assert.Equal("ORGANIZATION", t.Scope));
        Assert.Contains("includeOnlyOrganizationTokens=true", (await Requests())[^1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task workspace_and_deployment_may_be_names()
    {
        Assert.Contains("azure-devops", Names(await List(Owner, new() { Workspace = "Data Platform" })));
        var ofDeployment = await List(Owner, new() { Deployment = "sales-etl", Kind = "DIRECT_ACCESS" });
        Assert.Contains("airflow-trigger", Names(ofDeployment));
        Assert.DoesNotContain("airflow-probe", Names(ofDeployment));
        Assert.All(ofDeployment, t => Assert.Equal("DIRECT_ACCESS", t.Kind));
    }

    [Fact]
    public async Task narrow_credential_lists_where_it_belongs()
    {
        Assert.Contains("azure-devops", Names(await List(Emulator.TokenValue("workspaceOwner"), new())));
        Assert.Contains("sales-etl-admin", Names(await List(Emulator.TokenValue("deploymentAdmin"), new())));
    }

    [Fact]
    public async Task tokens_come_with_days_left_and_without_values()
    {
        var all = await List(Owner, new());
        var robot = all.Single(t => t.Name == "rotation-robot");
        Assert.Equal((27, 30, "WORKSPACE_OPERATOR", Emulator.OrganizationId), (robot.DaysLeft, robot.ExpiryPeriodInDays, robot.Roles.ToString(), robot.OrganizationId));
        Assert.NotNull(robot.LastRotatedOn);
        Assert.Contains("lena.brandt", robot.CreatedBy!.ToString(), StringComparison.Ordinal);
        var endless = all.Single(t => t.Name == "azure-devops");
        Assert.Equal((null, (int?)null), (endless.DaysLeft, endless.ExpiryPeriodInDays));
        Assert.All(all, t => Assert.IsNotType<AstroIssuedApiToken>(t));
    }

    [Fact]
    public async Task single_token_is_given_by_its_id_or_not_found()
    {
        Assert.Equal("github-actions", (await Engine.GetApiTokenAsync(OwnerCall(), Emulator.TokenId("workspaceAuthor"))).Name);
        var failure = await Fails<AstroApiException>("NotFound", () => Engine.GetApiTokenAsync(OwnerCall(), "c000000000000000000000000"));
        Assert.Equal("c000000000000000000000000", failure.Target);
        await Fails<AstroApiException>("NotFound", () => Engine.GetApiTokenAsync(OwnerCall(), "../../users/self"));
    }

    private static bool Wants(ApiTokenQuery query, ApiTokenAnswer token) => new ApiTokenFilter(query, Forge.Now).Wants(token);

    private static List<string> Names(List<AstroApiToken> tokens) => [.. tokens.Select(t => t.Name)];

    private async Task<List<AstroApiToken>> List(string token, ApiTokenQuery query)
    {
        var found = new List<AstroApiToken>();
        await Engine.ListApiTokensAsync(Call(Open(token)), query, page =>
        {
            found.AddRange(page);
            return Task.CompletedTask;
        });
        return found;
    }
}
