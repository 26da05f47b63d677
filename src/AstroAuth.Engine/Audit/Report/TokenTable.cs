using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>Every token with its life and what was found; it can be read without the script, which only sorts and filters it.</summary>
internal sealed class TokenTable
{
    // One scale for all lives, so that they can be compared: a year back, a year ahead.
    private const double Scale = 365;
    private const double LifeWidth = 150;

    private readonly IReadOnlyList<ReportToken> _tokens;
    private readonly DateTimeOffset _now;

    internal TokenTable(IReadOnlyList<ReportToken> tokens, DateTimeOffset now)
    {
        _tokens = tokens;
        _now = now;
    }

    internal void Write(HtmlWriter html)
    {
        html.WriteRaw("""
            <section class="card" id="tokens"><h2>All tokens</h2>
            <div id="tools"></div>
            <table class="tokens"><thead><tr><th scope="col">Token</th><th scope="col">Roles</th><th scope="col" data-number>Life<span class="scale">−1 year · today · +1 year</span></th><th scope="col" data-number>Ends</th><th scope="col" data-number>Last used</th><th scope="col" data-number>Age</th><th scope="col">Made by</th><th scope="col" data-number>Findings</th></tr></thead>
            <tbody>

            """);
        foreach (var token in _tokens)
            WriteRow(html, token);
        html.WriteRaw("</tbody></table></section>\n");
    }

    private void WriteRow(HtmlWriter html, ReportToken item)
    {
        var token = item.Token;
        html.Write($"<tr id=\"token-{token.Id}\" class=\"{item.Class}\" data-severity=\"{item.Class}\"><td><b><bdi>{HtmlReport.Named(token.Name)}</bdi></b>");
        if (token.Description.Length > 0)
            html.Write($"<span class=\"text\"><bdi>{token.Description}</bdi></span>");
        html.Write($"<code>{token.Id}</code></td><td>{token.Scope.ToLowerInvariant()}{(token.Kind == "DIRECT_ACCESS" ? ", direct access" : "")}");
        foreach (var role in token.Roles)
            html.Write($"<span class=\"text\"><bdi>{role.Role}</bdi>{(role.EntityType == token.Scope ? "" : $" on {role.EntityType.ToLowerInvariant()}")}</span>");
        html.WriteRaw("</td>");
        WriteLife(html, token);
        WriteEnd(html, token);
        html.Write($"<td data-v=\"{(token.LastUsedOn is { } used ? DaysSince(used) : 1e6):0.###}\">{(token.LastUsedOn is { } last ? Ago(last) : "never")}</td>");
        html.Write($"<td data-v=\"{DaysSince(token.CreatedOn):0.###}\">{Days.Say(_now - token.CreatedOn)}");
        if (token.LastRotatedOn is { } rotated)
            html.Write($"<span class=\"text\">rotated {Ago(rotated)}</span>");
        html.Write($"</td><td><bdi>{token.CreatedBy?.ToString() ?? ""}</bdi></td><td data-v=\"{Weight(item)}\">");
        WriteFindings(html, item);
        html.WriteRaw("</td></tr>\n");
    }

    private void WriteEnd(HtmlWriter html, AstroApiToken token)
    {
        if (token.ExpiresOn is not { } end)
        {
            html.WriteRaw("<td data-v=\"1e9\">never</td>");
            return;
        }

        var distance = end <= _now ? $"{Days.Say(_now - end)} ago" : $"in {Days.Say(end - _now)}";
        html.Write($"<td data-v=\"{-DaysSince(end):0.###}\">{end.UtcDateTime:yyyy-MM-dd}<span class=\"text\">{distance}</span></td>");
    }

    private void WriteLife(HtmlWriter html, AstroApiToken token)
    {
        var from = token.LastRotatedOn ?? token.StartsOn;
        var start = Place(from);
        var end = token.ExpiresOn is { } ends ? Place(ends) : LifeWidth;
        var middle = LifeWidth / 2;
        html.Write($"<td data-v=\"{DaysSince(from):0.###}\"><svg class=\"life\" viewBox=\"0 0 {LifeWidth:0} 16\" role=\"img\" aria-label=\"{Describe(token)}\"><line class=\"axis\" x1=\"0\" y1=\"8\" x2=\"{LifeWidth:0}\" y2=\"8\"/>");
        if (start < middle)
            html.Write($"<rect class=\"past\" x=\"{start:0.#}\" y=\"4\" width=\"{Math.Max(Math.Min(end, middle) - start, 1.5):0.#}\" height=\"8\"/>");
        if (end > middle)
            html.Write($"<rect class=\"{(token.ExpiresOn is null ? "endless" : "ahead")}\" x=\"{Math.Max(start, middle):0.#}\" y=\"4\" width=\"{Math.Max(end - Math.Max(start, middle), 1.5):0.#}\" height=\"8\"/>");
        html.Write($"<line class=\"now\" x1=\"{middle:0.#}\" y1=\"1\" x2=\"{middle:0.#}\" y2=\"15\"/>");
        if (token.LastUsedOn is { } used)
            html.Write($"<circle class=\"use\" cx=\"{Place(used):0.#}\" cy=\"8\" r=\"3\"/>");
        html.WriteRaw("</svg></td>");
    }

    private static void WriteFindings(HtmlWriter html, ReportToken item)
    {
        if (item.Findings.Count == 0)
        {
            html.WriteRaw("<span class=\"none\">none</span>");
            return;
        }

        html.WriteRaw("<ul>");
        foreach (var finding in item.Findings)
            html.Write($"<li class=\"{ReportToken.ClassOf(finding.Severity)}\"><a class=\"badge\" href=\"#rule-{finding.RuleId}\" title=\"{finding.Severity}\">{finding.RuleId}</a> <span class=\"said\">{finding.Message}</span></li>");
        html.WriteRaw("</ul>");
    }

    private double Place(DateTimeOffset time) => Math.Min(Math.Max(((time - _now).TotalDays + Scale) / (2 * Scale), 0), 1) * LifeWidth;

    private double DaysSince(DateTimeOffset time) => (_now - time).TotalDays;

    private string Ago(DateTimeOffset time) => DaysSince(time) < 1 ? "today" : $"{Days.Say(_now - time)} ago";

    private static string Weight(ReportToken item) =>
        item.Findings.Sum(f => f.Severity switch { AstroFindingSeverity.Error => 10000, AstroFindingSeverity.Warning => 100, _ => 1 }).ToString(CultureInfo.InvariantCulture);

    private static string Describe(AstroApiToken token) =>
        $"from {Days.Say(token.LastRotatedOn ?? token.StartsOn)} to {(token.ExpiresOn is { } end ? Days.Say(end) : "no end")}, {(token.LastUsedOn is { } used ? "last used " + Days.Say(used) : "never used")}";
}
