using AstroAuth.Engine.Tests.Engine;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Audit;

/// <summary>An audit asks for what it needs once, goes on where it may not ask, and counts right.</summary>
public sealed class TokenAuditTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task members_are_asked_for_once_and_only_when_a_token_needs_them()
    {
        var audit = Engine.StartAudit(new() { RuleIds = ["CreatorLeft"] });
        Assert.Empty(audit.TryTest([AuditCase.Good(t => t.CreatedBy = null)])!);
        Assert.Empty(await Requests());
        var gone = AuditCase.Good(t => t.CreatedBy = AuditCase.Person("c-nobody", "gone@northwind.example", "Gone"));
        Assert.Null(audit.TryTest([gone]));
        Assert.Same(gone, Assert.Single(await audit.TestAsync(OwnerCall(), [gone])).Token);
        Assert.Single(audit.TryTest([gone])!);
        await audit.TestAsync(OwnerCall(), [gone]);
        Assert.Single(await Requests(1), r => r.Path.EndsWith("/users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task rules_that_were_left_out_ask_for_nothing()
    {
        var audit = Engine.StartAudit(new() { RuleIds = ["NeverExpires", "Expired"] });
        Assert.NotNull(audit.TryTest([.. AuditCase.Breaking("CreatorLeft"), .. AuditCase.Breaking("BroadScope")]));
        Assert.Empty(await Requests());
    }

    [Theory]
    [InlineData("CreatorLeft", "/users$")]
    [InlineData("BroadScope", "/deployments$")]
    public async Task what_may_not_be_listed_is_told_once_as_not_checked(string rule, string path)
    {
        await Fault(new { path, status = 403, count = 0 });
        var audit = Engine.StartAudit(new() { RuleIds = [rule, "NeverExpires"] });
        var findings = new List<AstroTokenFinding>();
        for (var i = 0; i < 3; i++)
            findings.AddRange(audit.TryTest(AuditCase.Breaking(rule)) ?? await audit.TestAsync(OwnerCall(), AuditCase.Breaking(rule)));
        var finding = Assert.Single(findings);
        Assert.Equal((rule, true, AstroFindingSeverity.Information, null), (finding.RuleId, finding.NotChecked, finding.Severity, finding.Token));
        Assert.Contains("'test'", finding.Message, StringComparison.Ordinal);
        Assert.True(audit.Summarize().Rules.Single(r => r.RuleId == rule).NotChecked);
        Assert.Equal(0, audit.Summarize().Information);
        Assert.Single(await Requests(1), r => r.Path.EndsWith(path.TrimEnd('$'), StringComparison.Ordinal));
    }

    [Fact]
    public async Task failure_to_list_is_a_failure()
    {
        await Fault(new { path = "/users$", status = 400, count = 0 });
        var audit = Engine.StartAudit(new());
        await Fails<AstroApiException>("InvalidRequest", () => audit.TestAsync(OwnerCall(), AuditCase.Breaking("CreatorLeft")));
    }

    [Fact]
    public async Task deployments_tell_that_roles_share_a_workspace()
    {
        var deployments = (await Client.Get($"{Client.Organization}/deployments?limit=100", Owner))["deployments"].EnumerateArray()
            .GroupBy(d => d.GetProperty("workspaceId").GetString()!, d => d.GetProperty("id").GetString()!).First(g => g.Count() > 1);
        var token = AuditCase.Good(t => (t.Scope, t.Roles) = ("ORGANIZATION", AuditCase.Roles(
            [("ORGANIZATION", AuditCase.Organization, "ORGANIZATION_MEMBER"), .. deployments.Take(2).Select(d => ("DEPLOYMENT", d, "DAG Deployer"))])));
        var audit = Engine.StartAudit(new() { RuleIds = ["BroadScope"] });
        var finding = Assert.Single(await audit.TestAsync(OwnerCall(), [token]));
        Assert.Contains(deployments.Key, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task summary_counts_tokens_and_findings_by_rule_and_severity()
    {
        var all = new List<AstroApiToken>();
        await Engine.ListApiTokensAsync(OwnerCall(), new(), page =>
        {
            all.AddRange(page);
            return Task.CompletedTask;
        });
        var audit = Engine.StartAudit(new());
        var findings = await audit.TestAsync(OwnerCall(), all);
        var summary = audit.Summarize();
        Assert.Equal(all.Count, summary.Tokens);
        Assert.Equal(findings.Select(f => f.Id).Distinct().Count(), summary.TokensWithFindings);
        Assert.Equal(findings.Count(f => f.Severity == AstroFindingSeverity.Error), summary.Errors);
        Assert.Equal(findings.Count(f => f.Severity == AstroFindingSeverity.Warning), summary.Warnings);
        Assert.Equal(findings.Count(f => f.Severity == AstroFindingSeverity.Information), summary.Information);
        Assert.All(summary.Rules, r => Assert.Equal(findings.Count(f => f.RuleId == r.RuleId), r.Findings));
        Assert.Contains(findings, f => f.RuleId == "CreatorLeft" && f.Message.Contains("ines.costa", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, f => f.RuleId == "CreatorLeft" && !f.Message.Contains("ines.costa", StringComparison.Ordinal));
    }
}
