using System;
using System.Collections.Generic;
using System.Linq;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>How old values are against how long ago they were used: what is old and idle stands in one corner.</summary>
internal sealed class AgeGrid
{
    private static readonly string[] Ages = ["up to 30 days", "30 to 90", "90 to 180", "180 to 365", "over a year"];
    private static readonly string[] Uses = ["in the last day", "in the last week", "in the last 30 days", "in the last 90 days", "before that", "never"];

    private readonly IReadOnlyList<ReportToken> _tokens;
    private readonly DateTimeOffset _now;

    internal AgeGrid(IReadOnlyList<ReportToken> tokens, DateTimeOffset now)
    {
        _tokens = tokens;
        _now = now;
    }

    internal void Write(HtmlWriter html)
    {
        var counts = new int[Uses.Length, Ages.Length];
        var names = new List<string>[Uses.Length, Ages.Length];
        foreach (var token in _tokens)
        {
            var (use, age) = (UseOf(token.Token), AgeOf(token.Token));
            counts[use, age]++;
            (names[use, age] ??= []).Add(HtmlReport.Named(token.Token.Name));
        }

        var most = Math.Max(1, counts.Cast<int>().Max());
        html.WriteRaw("<section class=\"card\"><h2>Age and last use</h2>\n<table class=\"grid\"><thead><tr><th scope=\"col\" class=\"corner\">last used</th>");
        foreach (var age in Ages)
            html.Write($"<th scope=\"col\">{age}</th>");
        html.WriteRaw("</tr></thead><tbody>\n");
        for (var use = 0; use < Uses.Length; use++)
        {
            html.Write($"<tr><th scope=\"row\">{Uses[use]}</th>");
            for (var age = 0; age < Ages.Length; age++)
            {
                var count = counts[use, age];
                // Idle ones stand out, and the more there are the darker.
                var idle = use >= 4 || (use == 3 && age >= 2);
                var shade = count == 0 ? 0 : 1 + (int)Math.Ceiling(3.0 * count / most);
                if (count == 0)
                    html.WriteRaw("<td></td>");
                else
                    html.Write($"<td class=\"{(idle ? "idle" : "busy")} s{shade}\" title=\"{Title(names[use, age])}\">{count}</td>");
            }

            html.WriteRaw("</tr>\n");
        }

        html.WriteRaw("</tbody></table><p class=\"note\">Columns: the age of the value, since the token was made or last rotated. Idle ones are amber.</p></section>\n");
    }

    private int AgeOf(AstroApiToken token) =>
        (_now - (token.LastRotatedOn ?? token.StartsOn)).TotalDays switch { <= 30 => 0, <= 90 => 1, <= 180 => 2, <= 365 => 3, _ => 4 };

    private int UseOf(AstroApiToken token)
    {
        if (token.LastUsedOn is not { } used)
            return Uses.Length - 1;
        return (_now - used).TotalDays switch { <= 1 => 0, <= 7 => 1, <= 30 => 2, <= 90 => 3, _ => 4 };
    }

    private static string Title(List<string> names) => string.Join("\n", names.Take(12)) + (names.Count > 12 ? "\n…" : "");
}
