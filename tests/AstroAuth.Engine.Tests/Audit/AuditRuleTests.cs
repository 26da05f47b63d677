using System.IO;
using AstroAuth.Engine.Audit;
using AstroAuth.Engine.Tests.Engine;
using AstroAuth.Engine.Tests.Walls;

namespace AstroAuth.Engine.Tests.Audit;

/// <summary>Each rule finds what it is there for and nothing else, and is explained.</summary>
public sealed class AuditRuleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("astroauth-audit-");

    public static TheoryData<string> AllRules() => [.. AuditRules.Create().Select(r => r.Id)];

    public static TheoryData<string> TokenRules() => [.. AuditRules.Create().OfType<TokenRule>().Select(r => r.Id)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(TokenRules))]
    public void rule_finds_the_token_that_breaks_it(string rule)
    {
        var tokens = AuditCase.Breaking(rule);
        var findings = Find(rule, tokens);
        var finding = Assert.Single(findings);
        Assert.Same(tokens[^1], finding.Token);
        var info = Info(rule);
        Assert.Equal((rule, info.Severity, false), (finding.RuleId, finding.Severity, finding.NotChecked));
        Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("{id}", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal(info.Remedy.Contains("{id}", StringComparison.Ordinal), finding.Remedy.Contains(tokens[^1].Id, StringComparison.Ordinal));
    }

    /// <summary>What the rules that find their words late say of the token that breaks them.</summary>
    public static readonly TheoryData<string, string> LateWords = new()
    {
        { "NeverExpires", "It never expires; it was made 30 days ago." },
        { "ExpiresSoon", "It ends in 14 days (2026-12-08 10:00Z)." },
        { "Expired", "It ended 0 seconds ago (2026-11-24 10:00Z) and is still there." },
        { "LongPeriod", "Its expiry period is 366 days; 365 are the limit." },
        { "NotRotated", "Its value has been the same for 180 days (since 2026-05-28 10:00Z)." },
        { "NeverUsed", "It was never used in 14 days." },
        { "Unused", "It was last used 90 days ago (2026-08-26 10:00Z)." },
        { "BroadRole", "It has the role WORKSPACE_OWNER." },
        { "CreatorLeft", "It was made by ines.costa@northwind.example, who is no longer a member of the organization." },
    };

    [Theory]
    [MemberData(nameof(LateWords))]
    public void message_that_is_read_late_is_about_its_own_token_and_the_time_of_the_audit(string rule, string words)
    {
        var context = Context();
        var broken = AuditRules.Create().OfType<SingleTokenRule>().Single(r => r.Id == rule);
        var findings = AuditCase.Breaking(rule).Select(t => broken.Find(new AuditedToken(t, Forge.Now), context)).ToList();

        // The audit goes on with other tokens and other knowledge before anybody reads.
        Assert.NotNull(broken.Find(new AuditedToken(Different(AuditCase.Breaking(rule)[^1]), Forge.Now), context));
        context.Members = null;

        Assert.Equal(words, findings[^1]!.Message);
        Assert.Equal(words, findings[^1]!.Message);
    }

    [Fact]
    public void words_of_every_rule_that_finds_them_late_are_known() =>
        Assert.Equal(AuditRules.Create().OfType<SingleTokenRule>().Select(r => r.Id).Order(), LateWords.Select(w => (string)w[0]).Order());

    [Theory]
    [MemberData(nameof(TokenRules))]
    public void rule_leaves_alone_what_only_comes_close(string rule) => Assert.Empty(Find(rule, AuditCase.Keeping(rule)));

    [Theory]
    [MemberData(nameof(AllRules))]
    public void rule_is_explained_with_reason_and_remedy(string rule)
    {
        var info = Info(rule);
        Assert.Matches("^[A-Z][A-Za-z]+$", info.Id);
        var page = File.ReadAllText(Path.Combine(BuiltAssembly.Root, "docs", "en-US", "about_Astro_Audit.md")).Replace("`", "", StringComparison.Ordinal);
        Assert.Contains($"### {info.Id}\n\n{info.Severity}: {info.Title}. {info.Reason}\n\nRemedy: {info.Remedy.Replace("{id}", "<id>", StringComparison.Ordinal)}\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void page_explains_no_rule_that_is_not_there()
    {
        var page = File.ReadAllText(Path.Combine(BuiltAssembly.Root, "docs", "en-US", "about_Astro_Audit.md"));
        Assert.Equal(AuditRules.Create().Select(r => r.Id), page.Split('\n').Where(l => l.StartsWith("### ", StringComparison.Ordinal)).Select(l => l[4..].Trim()));
    }

    [Fact]
    public void good_token_breaks_no_rule_and_an_expired_one_breaks_one()
    {
        Assert.Empty(Find("*", [AuditCase.Good()]));
        var expired = AuditCase.Good(t =>
        {
            (t.Name, t.ExpiresOn, t.StartsOn, t.LastUsedOn) = ("lena", AuditCase.Days(-300), AuditCase.Days(-900), AuditCase.Days(-400));
            t.Roles = AuditCase.Roles(("WORKSPACE", AuditCase.Workspace, "WORKSPACE_OWNER"));
        });
        Assert.Equal("Expired", Assert.Single(Find("*", [expired])).RuleId);
    }

    [Fact]
    public void same_token_twice_is_no_duplicate_of_itself()
    {
        var token = AuditCase.Good();
        Assert.Empty(Find("DuplicateName", [token, token]));
    }

    [Fact]
    public void email_in_a_name_is_personal_whoever_made_it() =>
        Assert.Single(Find("PersonalName", [AuditCase.Good(t => (t.Name, t.CreatedBy) = ("for tom.ellis@northwind.example", null))]));

    [Theory]
    [InlineData("id", "secret", true)]
    [InlineData(null, "secret", true)]
    [InlineData("id", null, false)]
    [InlineData("id", " ", false)]
    [InlineData(null, null, false)]
    public void legacy_key_in_the_environment_is_found_and_not_told(string? id, string? secret, bool found)
    {
        var machine = new AuditedMachine(name => name == "ASTRONOMER_KEY_ID" ? id : name == "ASTRONOMER_KEY_SECRET" ? secret : null, AuditCase.CleanMachine.CliConfig);
        var findings = new TokenAudit(new() { RuleIds = ["LegacyKey"] }, Forge.Now, machine).TestMachine();
        Assert.Equal(found, findings.Count == 1);
        Assert.All(findings, f => Assert.DoesNotContain("secret\"", f.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("contexts:\n  astronomer_io:\n    domain: astronomer.io\n    token: Bearer plain-text-canary\n", true)]
    [InlineData("contexts:\n  astronomer_io:\n    domain: astronomer.io\n    refreshtoken: plain-text-canary\n", true)]
    [InlineData("contexts:\n  astronomer_io:\n    domain: astronomer.io\n    token: \"\"\n", false)]
    [InlineData("context: astronomer.io\n", false)]
    public void token_in_the_cli_file_is_found_and_not_told(string yaml, bool found)
    {
        var findings = TestCliFile(yaml);
        Assert.Equal(found, findings.Count == 1);
        Assert.All(findings, f => Assert.Contains("astronomer.io", f.Message, StringComparison.Ordinal));
        Assert.All(findings, f => Assert.DoesNotContain("canary", f.Message + f.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void cli_file_that_cannot_be_read_is_told_as_not_checked()
    {
        var finding = Assert.Single(TestCliFile("contexts: [\n"));
        Assert.True(finding.NotChecked);
        Assert.Equal(AstroFindingSeverity.Information, finding.Severity);
    }

    private IReadOnlyList<AstroTokenFinding> TestCliFile(string yaml)
    {
        var file = Path.Combine(_folder.FullName, "config.yaml");
        File.WriteAllText(file, yaml);
        return new TokenAudit(new() { RuleIds = ["CliConfigToken"] }, Forge.Now, new AuditedMachine(_ => null, file)).TestMachine();
    }

    private static AstroAuditRule Info(string rule) => AuditRules.Create().Single(r => r.Id == rule).Info;

    /// <summary>A token that breaks the same rule, of which every rule says something else.</summary>
    private static AstroApiToken Different(AstroApiToken token)
    {
        var longAgo = TimeSpan.FromDays(100);
        (token.CreatedOn, token.StartsOn, token.LastUsedOn) = (token.CreatedOn - longAgo, token.StartsOn - longAgo, token.LastUsedOn - longAgo);
        (token.ExpiresOn, token.ExpiryPeriodInDays) = (token.ExpiresOn - TimeSpan.FromDays(3), token.ExpiryPeriodInDays + 100);
        token.Roles = AuditCase.Roles(("WORKSPACE", AuditCase.Workspace, "WORKSPACE_OWNER"), ("DEPLOYMENT", "d1", "DEPLOYMENT_ADMIN"));
        token.CreatedBy = AuditCase.Person("u-too", "tom.ellis@northwind.example", "Tom Ellis");
        return token;
    }

    private static AuditContext Context() => new(new(), Forge.Now)
    {
        Members = ["u-here"],
        WorkspaceOfDeployment = new() { ["d1"] = AuditCase.Workspace, ["d2"] = "cworkspace00000000000000b" },
    };

    private static List<AstroTokenFinding> Find(string rule, AstroApiToken[] tokens)
    {
        var context = Context();
        var rules = AuditRules.Create().OfType<TokenRule>().Where(r => rule == "*" || r.Id == rule).ToList();
        return [.. tokens.Select(t => new AuditedToken(t, Forge.Now))
            .SelectMany(t => rules.Where(r => r.WantsEnded == t.HasEnded).Select(r => r.Find(t, context))).OfType<AstroTokenFinding>()];
    }
}
