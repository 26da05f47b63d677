using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>One page that needs nothing else: for a browser, light or dark, and for paper.</summary>
internal sealed class HtmlReport
{
    // So many tokens are named beside a rule; the table has them all.
    private const int ShownTokens = 6;

    private readonly AstroTokenReport _report;
    private readonly IReadOnlyDictionary<string, AstroAuditRule> _rules;
    private readonly List<ReportToken> _tokens;
    private readonly DateTimeOffset _now;
    private readonly string _script = Resource("report.js");

    internal HtmlReport(AstroTokenReport report, IReadOnlyDictionary<string, AstroAuditRule> rules)
    {
        _report = report;
        _rules = rules;
        _tokens = ReportToken.Of(report);
        _now = report.Summary.AuditedOn;
    }

    internal void Write(Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 65536, leaveOpen: true) { NewLine = "\n" };
        var html = new HtmlWriter(writer);
        WriteHead(html);
        WriteTop(html);
        html.Write($"""
            <section class="card" id="ends"><h2>When they end</h2>
            <p class="note">Each square is a token, each column a week; what ends within {Days.Say(_report.Options.ExpiringWithin)} is shaded.</p>
            """);
        new ExpiryChart(_tokens, _now, _report.Options).Write(html);
        html.WriteRaw("<ul class=\"legend\">");
        foreach (var (style, words) in new[] { ("error", "an error"), ("warning", "a warning"), ("information", "for information"), ("fine", "nothing found") })
            html.Write($"<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"{style}\" width=\"10\" height=\"10\" rx=\"2\"/></svg>{words}</li>");
        html.WriteRaw("</ul></section>\n<div class=\"pair\">\n");
        WriteRules(html);
        new AgeGrid(_tokens, _now).Write(html);
        html.WriteRaw("</div>\n");
        WriteFindings(html);
        new TokenTable(_tokens, _now).Write(html);
        WriteFoot(html);
    }

    private void WriteHead(HtmlWriter html)
    {
        var style = Resource("report.css");
        // The page may load nothing at all, and runs its own script and no other: names of tokens are not to be trusted.
        var policy = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(_script)}'; img-src data:; base-uri 'none'; form-action 'none'";
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,">
            <title>API tokens of {_report.Organization}</title>
            <style>{new Markup(style)}</style>
            </head>
            <body>

            """);
    }

    private void WriteTop(HtmlWriter html)
    {
        var summary = _report.Summary;
        var soon = _tokens.Count(t => t.Token.ExpiresOn is { } end && end > _now && end <= _now + _report.Options.ExpiringWithin);
        var endless = _tokens.Count(t => t.Token.ExpiresOn is null);
        html.Write($"""
            <header><div><h1>API tokens of <bdi>{_report.Organization}</bdi></h1>
            <p class="note">{_report.Domain}, audited on <time datetime="{_now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}">{Days.Say(_now)}</time></p></div></header>
            <ul class="tiles">
            <li><a href="#tokens"><b>{_tokens.Count}</b><span>{Plural(_tokens.Count, "token")}</span></a></li>
            <li class="error"><a href="#findings"><b>{summary.Errors}</b><span>{Plural(summary.Errors, "error")}</span></a></li>
            <li class="warning"><a href="#findings"><b>{summary.Warnings}</b><span>{Plural(summary.Warnings, "warning")}</span></a></li>
            <li class="information"><a href="#findings"><b>{summary.Information}</b><span>for information</span></a></li>
            <li><a href="#ends"><b>{soon}</b><span>{(soon == 1 ? "ends" : "end")} within {Days.Say(_report.Options.ExpiringWithin)}</span></a></li>
            <li><a href="#ends"><b>{endless}</b><span>never {(endless == 1 ? "ends" : "end")}</span></a></li>
            </ul>

            """);
    }

    private void WriteRules(HtmlWriter html)
    {
        var broken = _report.Summary.Rules.Where(r => r.Findings > 0).OrderByDescending(r => r.Severity).ThenByDescending(r => r.Findings).ToList();
        var most = broken.Count == 0 ? 1 : broken.Max(r => r.Findings);
        html.WriteRaw("<section class=\"card\"><h2>Findings by severity</h2>\n");
        if (broken.Count == 0)
            html.WriteRaw("<p class=\"empty\">Nothing was found.</p>");
        else
            html.WriteRaw("<table class=\"bars\"><thead class=\"hidden\"><tr><th>Rule</th><th>Share</th><th>Findings</th></tr></thead><tbody>\n");
        foreach (var rule in broken)
        {
            html.Write($"""
                <tr class="{ReportToken.ClassOf(rule.Severity)}"><th scope="row"><a href="#rule-{rule.RuleId}">{rule.RuleId}</a></th><td><svg viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true"><rect class="fill" width="{Math.Max(200.0 * rule.Findings / most, 2):0.#}" height="14" rx="2"/></svg></td><td class="number">{rule.Findings}</td></tr>

                """);
        }

        html.WriteRaw(broken.Count == 0 ? "</section>\n" : "</tbody></table></section>\n");
    }

    private void WriteFindings(HtmlWriter html)
    {
        html.WriteRaw("<section id=\"findings\"><h2>What to do</h2><div class=\"rules\">\n");
        var groups = _report.Findings.Where(f => !f.NotChecked).GroupBy(f => f.RuleId).OrderByDescending(g => _rules[g.Key].Severity).ThenByDescending(g => g.Count()).ToList();
        foreach (var group in groups)
        {
            var rule = _rules[group.Key];
            html.Write($"""
                <details class="card rule {ReportToken.ClassOf(rule.Severity)}" id="rule-{rule.Id}" open><summary><span class="badge">{rule.Severity}</span> <b>{rule.Id}</b> {rule.Title} <span class="count">{group.Count()}</span></summary>
                <p>{rule.Reason}</p><p><b>Remedy:</b> {rule.Remedy.Replace("{id}", "<id>")}</p><ul>

                """);
            foreach (var finding in group.Take(ShownTokens))
                WriteFinding(html, finding);
            if (group.Count() > ShownTokens)
                html.Write($"<li class=\"more\">and {group.Count() - ShownTokens} more in the table below</li>");
            html.WriteRaw("</ul></details>\n");
        }

        foreach (var finding in _report.Findings.Where(f => f.NotChecked))
            html.Write($"<p class=\"card rule information\"><span class=\"badge\">Not checked</span> <b>{finding.RuleId}</b> {finding.Message} {finding.Remedy}</p>\n");
        if (groups.Count == 0)
            html.WriteRaw("<p class=\"empty\">Nothing: no rule was broken.</p>");
        html.WriteRaw("</div></section>\n");
    }

    private static void WriteFinding(HtmlWriter html, AstroTokenFinding finding)
    {
        if (finding.Token is { } token)
            html.Write($"<li><a href=\"#token-{token.Id}\"><bdi>{Named(token.Name)}</bdi></a> {finding.Message}</li>\n");
        else
            html.Write($"<li>{finding.Message}</li>\n");
    }

    private void WriteFoot(HtmlWriter html)
    {
        var options = _report.Options;
        html.Write($"""
            <footer><p>Looked for {_report.Summary.Rules.Count} {Plural(_report.Summary.Rules.Count, "rule")}: {string.Join(", ", _report.Summary.Rules.Select(r => r.RuleId))}.
            Limits: ends within {Days.Say(options.ExpiringWithin)}, a period of {options.MaximumPeriodInDays} days, not rotated for {Days.Say(options.NotRotatedFor)}, never used in {Days.Say(options.NeverUsedFor)}, not used for {Days.Say(options.UnusedFor)}.</p>
            <p>Written by AstroAuth. This page holds no value of any token and loads nothing from elsewhere.</p></footer>
            <script>{new Markup(_script)}</script>
            </body>
            </html>

            """);
    }

    internal static string Named(string name) => string.IsNullOrWhiteSpace(name) ? "(no name)" : name;

    internal static string Plural(int count, string word) => count == 1 ? word : word + "s";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser reads line ends as LF before it takes the hash.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#if NET
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(bytes));
#else
        using var sha = SHA256.Create();
        return "sha256-" + Convert.ToBase64String(sha.ComputeHash(bytes));
#endif
    }
}
