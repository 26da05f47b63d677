using System;
using System.Collections.Generic;
using System.Linq;

namespace AstroAuth.Engine.Audit.Report;

/// <summary>A token of a report with what was found about it.</summary>
internal sealed class ReportToken
{
    private ReportToken(AstroApiToken token, List<AstroTokenFinding> findings)
    {
        Token = token;
        Findings = findings;
        Worst = findings.Count == 0 ? null : findings.Max(f => f.Severity);
    }

    internal AstroApiToken Token { get; }

    /// <summary>The worst first.</summary>
    internal IReadOnlyList<AstroTokenFinding> Findings { get; }

    /// <summary>The worst severity; null when there is nothing against it.</summary>
    internal AstroFindingSeverity? Worst { get; }

    /// <summary>What style and script know it by: error, warning, information or fine.</summary>
    internal string Class => ClassOf(Worst);

    internal static string ClassOf(AstroFindingSeverity? severity) => severity?.ToString().ToLowerInvariant() ?? "fine";

    /// <summary>All tokens of a report: the worst first, then those that end first.</summary>
    internal static List<ReportToken> Of(AstroTokenReport report)
    {
        var findings = report.Findings.Where(f => f.Token is not null).ToLookup(f => f.Token!.Id);
        return report.Tokens
            .GroupBy(t => t.Id, (_, same) => same.First())
            .Select(t => new ReportToken(t, [.. findings[t.Id].OrderByDescending(f => f.Severity)]))
            .OrderByDescending(t => t.Worst is { } worst ? (int)worst : -1)
            .ThenBy(t => t.Token.ExpiresOn ?? DateTimeOffset.MaxValue)
            .ThenBy(t => t.Token.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
    }
}
