using System.Collections.Generic;

namespace AstroAuth;

/// <summary>What goes into a report.</summary>
public sealed record AstroTokenReport
{
    /// <summary>The name of the organization, or its id.</summary>
    public required string Organization { get; init; }

    /// <summary>The domain it is at.</summary>
    public required string Domain { get; init; }

    /// <summary>The tokens that were looked at.</summary>
    public required IReadOnlyList<AstroApiToken> Tokens { get; init; }

    /// <summary>What was found.</summary>
    public required IReadOnlyList<AstroTokenFinding> Findings { get; init; }

    /// <summary>The same in numbers.</summary>
    public required AstroTokenAuditSummary Summary { get; init; }

    /// <summary>What was looked for.</summary>
    public required AstroAuditOptions Options { get; init; }
}

/// <summary>The form of a report.</summary>
public enum AstroReportFormat
{
    /// <summary>One page for a browser or for paper that needs nothing else.</summary>
    Html,

    /// <summary>Everything, for programs.</summary>
    Json,

    /// <summary>One line a token, for spreadsheets.</summary>
    Csv,
}
