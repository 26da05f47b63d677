using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AstroAuth.Engine.Audit;
using AstroAuth.Engine.Audit.Report;
using AstroAuth.Engine.Tests.Engine;

namespace AstroAuth.Engine.Tests.Audit;

/// <summary>Reports hold what there is to say, no secret, and nothing that a hostile name could do something with.</summary>
public sealed class ReportTests
{
    public static readonly string[] HostileNames =
    [
        "<script>window.hacked=1</script>", "\"><img src=x onerror=window.hacked=1>", "' onmouseover='window.hacked=1", "]]><svg onload=window.hacked=1>",
        "</title></style></script><b>", "&lt;b&gt;", "=cmd|'/C calc'!A1", "javascript:alert(1)", "line\nbreak\u0000\u001b[31m", "right\u202Eto left", "smile 😀 \ud800 half", "{0} {{1}}",
    ];

    internal static AstroTokenReport Report(params AstroApiToken[] tokens) => Report(tokens, AuditCase.CleanMachine);

    internal static AstroTokenReport Report(AstroApiToken[] tokens, AuditedMachine machine)
    {
        var options = new AstroAuditOptions { RuleIds = [.. AuditRules.Create().Select(r => r.Id).Where(id => id is not ("CreatorLeft" or "BroadScope"))] };
        var audit = new TokenAudit(options, Forge.Now, machine);
        return new AstroTokenReport
        {
            Organization = "<i>Northwind</i> & Söhne", Domain = "astronomer.io", Tokens = tokens,
            Findings = [.. audit.TryTest(tokens)!, .. audit.TestMachine()], Summary = audit.Summarize(), Options = options,
        };
    }

    internal static AstroApiToken[] Hostile() =>
        [.. HostileNames.Select(name => AuditCase.Good(t =>
        {
            (t.Name, t.Description, t.ExpiresOn) = (name, name, null);
            t.Roles = AuditCase.Roles(("WORKSPACE", AuditCase.Workspace, name));
            t.CreatedBy = AuditCase.Person("u", name, name);
        }))];

    internal static string Write(AstroTokenReport report, AstroReportFormat format)
    {
        using var output = new MemoryStream();
        new AstroEngine().WriteReport(report, format, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [Fact]
    public void page_lets_no_name_become_markup()
    {
        var hostile = Write(Report(Hostile()), AstroReportFormat.Html);
        var plain = Write(Report([.. HostileNames.Select((_, i) => AuditCase.Good(t =>
        {
            (t.Name, t.Description, t.ExpiresOn) = ($"plain{i}", "plain", null);
            t.Roles = AuditCase.Roles(("WORKSPACE", AuditCase.Workspace, "plain"));
            t.CreatedBy = AuditCase.Person("u", "plain", "plain");
        }))]), AstroReportFormat.Html);
        // The findings about names differ; what is left are the tags of the page, the same with whatever name.
        Assert.Equal(Tags(plain), Tags(hostile));
        Assert.DoesNotContain("<script>window", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>Northwind", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain(hostile, c => char.IsControl(c) && c != '\n');
    }

    private static string Tags(string html) =>
        string.Join('\n', Regex.Matches(html[..html.LastIndexOf("<script>", StringComparison.Ordinal)], "<(/?[a-z0-9]+)").Select(m => m.Groups[1].Value)
            .Where(t => t is "script" or "img" or "svg" or "b" or "title" or "style"));

    [Fact]
    public void page_allows_its_own_style_and_script_and_nothing_else()
    {
        var html = Write(Report(AuditCase.Good()), AstroReportFormat.Html);
        var policy = Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        foreach (var (element, directive) in new[] { ("style", "style-src"), ("script", "script-src") })
        {
            var content = Assert.Single(Regex.Matches(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline)).Groups[1].Value;
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            Assert.Contains($"{directive} 'sha256-{hash}'", policy, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch("(src|href)=\"(?!#|data:,)", html);
        Assert.DoesNotMatch("style=\"|@import|url\\(|https?://", html);
    }

    [Fact]
    public void page_of_nothing_is_a_page() => Assert.Contains("Nothing was found.", Write(Report(), AstroReportFormat.Html), StringComparison.Ordinal);

    [Theory]
    [InlineData(AstroReportFormat.Html)]
    [InlineData(AstroReportFormat.Json)]
    [InlineData(AstroReportFormat.Csv)]
    public void no_report_holds_a_value(AstroReportFormat format)
    {
        var issued = new AstroIssuedApiToken { Id = "c1", Name = "fresh", Scope = "WORKSPACE", Token = SecureStrings.Conceal("eyJ-value-canary"), StartsOn = Forge.Now, CreatedOn = Forge.Now };
        var machine = new AuditedMachine(_ => "key-secret-canary", AuditCase.CleanMachine.CliConfig);
        var text = Write(Report([issued], machine), format);
        Assert.Contains("fresh", text, StringComparison.Ordinal);
        Assert.Contains("LegacyKey", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData(" =1", "' =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void csv_text_is_never_a_formula(string text, string written) => Assert.Equal(written, CsvReport.Text(text));

    [Fact]
    public void csv_has_a_line_for_each_token_and_for_what_is_about_none()
    {
        var machine = new AuditedMachine(_ => "set", AuditCase.CleanMachine.CliConfig);
        var text = Write(Report([AuditCase.Good(t => t.Name = "say \"hello\", twice"), AuditCase.Good(t => t.ExpiresOn = null)], machine), AstroReportFormat.Csv);
        Assert.StartsWith("\uFEFF\"Name\",\"Id\"", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains("\"Error\",\"NeverExpires\"", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"say \"\"hello\"\", twice\",", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("\"(this machine)\",", lines[3], StringComparison.Ordinal);
        Assert.Contains("\"LegacyKey\"", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void json_has_tokens_findings_rules_and_limits()
    {
        var report = Report([.. Hostile(), AuditCase.Good()]);
        using var json = JsonDocument.Parse(Write(report, AstroReportFormat.Json));
        var root = json.RootElement;
        Assert.Equal(report.Tokens.Count, root.GetProperty("tokens").GetArrayLength());
        Assert.Equal(report.Findings.Count, root.GetProperty("findings").GetArrayLength());
        Assert.Equal(report.Summary.Errors, root.GetProperty("summary").GetProperty("errors").GetInt32());
        Assert.Equal(report.Summary.Rules.Count, root.GetProperty("summary").GetProperty("rules").GetArrayLength());
        Assert.Equal(14, root.GetProperty("limitsInDays").GetProperty("expiringWithin").GetDouble());
        Assert.Contains(root.GetProperty("tokens").EnumerateArray(), t => t.GetProperty("name").GetString() == HostileNames[0]);
        Assert.Contains(root.GetProperty("findings").EnumerateArray(), f => f.GetProperty("ruleId").GetString() == "NeverExpires");
    }
}
