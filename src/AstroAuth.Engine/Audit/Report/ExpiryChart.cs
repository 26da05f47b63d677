using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>When tokens end: a year in weeks, what has ended before it, and what ends later or never after it.</summary>
internal sealed class ExpiryChart
{
    private const int Weeks = 53;
    private const double Height = 130;
    private const double Left = 84;
    private const double Step = 14;
    private const double Right = Left + (Weeks * Step) + 18;
    private const double Lane = 62;
    private const double Width = Right + (2 * Lane);
    private const double Top = 18;
    private const int NamedTokens = 12;

    private readonly IReadOnlyList<ReportToken> _tokens;
    private readonly DateTimeOffset _now;
    private readonly AstroAuditOptions _options;

    internal ExpiryChart(IReadOnlyList<ReportToken> tokens, DateTimeOffset now, AstroAuditOptions options)
    {
        _tokens = tokens;
        _now = now;
        _options = options;
    }

    internal void Write(HtmlWriter html)
    {
        var columns = _tokens.ToLookup(ColumnOf);
        var highest = Math.Max(columns.Count == 0 ? 1 : columns.Max(c => c.Count()), 8);
        // Squares while they can be told apart, bars when there are too many.
        var unit = Height / highest;
        html.Write($"""<svg class="chart" viewBox="0 0 {Width:0} {Top + Height + 44:0}" role="img" aria-label="{Describe(columns)}">""");
        WriteAxis(html);
        foreach (var column in columns.OrderBy(c => c.Key))
            WriteColumn(html, column.Key, [.. column], unit);
        html.WriteRaw("</svg>\n");
    }

    // -1 has ended, 0 to 52 is a week from now, 53 is later, 54 is never.
    private int ColumnOf(ReportToken token)
    {
        if (token.Token.ExpiresOn is not { } end)
            return Weeks + 1;
        return end <= _now ? -1 : (int)Math.Min(Math.Floor((end - _now).TotalDays / 7), Weeks);
    }

    private static double XOf(int column) => column switch
    {
        -1 => 10,
        Weeks => Right + 6,
        Weeks + 1 => Right + Lane + 6,
        _ => Left + (column * Step),
    };

    private static double WidthOf(int column) => column is -1 or >= Weeks ? Lane - 14 : Step - 3;

    private void WriteAxis(HtmlWriter html)
    {
        const double bottom = Top + Height;
        var soon = Math.Min(_options.ExpiringWithin.TotalDays / 7, Weeks) * Step;
        html.Write($"""
            <rect class="soon" x="{Left - 1.5:0.#}" y="{Top - 8:0}" width="{soon:0.#}" height="{Height + 8:0}"/>
            <line class="axis" x1="4" y1="{bottom:0.#}" x2="{Width - 4:0.#}" y2="{bottom:0.#}"/>
            <line class="now" x1="{Left - 1.5:0.#}" y1="{Top - 12:0}" x2="{Left - 1.5:0.#}" y2="{bottom + 6:0}"/>
            <text x="{Left - 1.5:0.#}" y="{bottom + 18:0}" class="strong" text-anchor="middle">today</text>
            <text x="{10 + ((Lane - 14) / 2):0.#}" y="{bottom + 18:0}" text-anchor="middle">ended</text>
            <text x="{Right + 6 + ((Lane - 14) / 2):0.#}" y="{bottom + 18:0}" text-anchor="middle">later</text>
            <text x="{Right + Lane + 6 + ((Lane - 14) / 2):0.#}" y="{bottom + 18:0}" text-anchor="middle">never</text>
            """);
        var month = new DateTime(_now.UtcDateTime.Year, _now.UtcDateTime.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
        for (; (month - _now.UtcDateTime).TotalDays < Weeks * 7; month = month.AddMonths(1))
        {
            var x = Left + ((month - _now.UtcDateTime).TotalDays / 7 * Step);
            html.Write($"<line class=\"tick\" x1=\"{x:0.#}\" y1=\"{bottom:0}\" x2=\"{x:0.#}\" y2=\"{bottom + 5:0}\"/>");
            // Too close to the word that marks today.
            if (x - Left > 26)
                html.Write($"<text x=\"{x:0.#}\" y=\"{bottom + 18:0}\" text-anchor=\"middle\">{month.ToString("MMM", CultureInfo.InvariantCulture)}</text>");
            if (month.Month == 1)
                html.Write($"<text x=\"{x:0.#}\" y=\"{bottom + 33:0}\" text-anchor=\"middle\" class=\"strong\">{month.Year}</text>");
        }
    }

    private void WriteColumn(HtmlWriter html, int column, List<ReportToken> tokens, double unit)
    {
        var x = XOf(column);
        var width = WidthOf(column);
        html.Write($"<g><title>{Title(column, tokens)}</title>");
        // The whole column answers to the pointer.
        html.Write($"<rect class=\"hit\" x=\"{x:0.#}\" y=\"{Top:0}\" width=\"{width:0.#}\" height=\"{Height:0}\"/>");
        double top = Top + Height;
        foreach (var severity in tokens.GroupBy(t => t.Class).OrderByDescending(g => g.First().Worst is { } worst ? (int)worst : -1))
        {
            var count = severity.Count();
            if (unit < 5)
            {
                top -= count * unit;
                html.Write($"<rect class=\"{severity.Key}\" x=\"{x:0.#}\" y=\"{top:0.##}\" width=\"{width:0.#}\" height=\"{count * unit:0.##}\"/>");
                continue;
            }

            for (var i = 0; i < count; i++)
            {
                top -= unit;
                html.Write($"<rect class=\"{severity.Key}\" x=\"{x:0.#}\" y=\"{top + 1:0.##}\" width=\"{width:0.#}\" height=\"{unit - 2:0.##}\" rx=\"2\"/>");
            }
        }

        if (column is -1 or >= Weeks || unit < 5)
            html.Write($"<text class=\"strong\" x=\"{x + (width / 2):0.#}\" y=\"{top - 5:0.#}\" text-anchor=\"middle\">{tokens.Count}</text>");
        html.WriteRaw("</g>\n");
    }

    private string Title(int column, List<ReportToken> tokens)
    {
        var when = column switch
        {
            -1 => "Ended",
            Weeks => "End later than in a year",
            Weeks + 1 => "Never end",
            _ => $"End from {_now.AddDays(column * 7).UtcDateTime:yyyy-MM-dd} to {_now.AddDays((column * 7) + 7).UtcDateTime:yyyy-MM-dd}",
        };
        var names = string.Join("\n", tokens.Take(NamedTokens).Select(t => HtmlReport.Named(t.Token.Name)));
        return $"{when}: {tokens.Count}\n{names}{(tokens.Count > NamedTokens ? "\n…" : "")}";
    }

    private static string Describe(ILookup<int, ReportToken> columns)
    {
        var within = Enumerable.Range(0, Weeks).Sum(c => columns[c].Count());
        return $"{columns[-1].Count()} have ended, {within} end within a year, {columns[Weeks].Count()} later, {columns[Weeks + 1].Count()} never.";
    }
}
