using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>Audits of API tokens, and reports of them.</summary>
public interface IAstroAudit
{
    /// <summary>All rules there are, in the order in which they run.</summary>
    IReadOnlyList<AstroAuditRule> AuditRules { get; }

    /// <summary>Starts an audit; nothing is sent.</summary>
    IAstroTokenAudit StartAudit(AstroAuditOptions options);

    /// <summary>Writes a report in UTF-8. Texts of tokens are taken for hostile: they are encoded for the format.</summary>
    void WriteReport(AstroTokenReport report, AstroReportFormat format, Stream output);
}

/// <summary>
/// An audit under way. It keeps counts, the names it has seen and what it had to look up, and no token. One caller at a time.
/// </summary>
public interface IAstroTokenAudit
{
    /// <summary>Tests tokens with what is known.</summary>
    /// <returns>The findings, or null when something has to be looked up first with <see cref="TestAsync" />.</returns>
    IReadOnlyList<AstroTokenFinding>? TryTest(IReadOnlyList<AstroApiToken> tokens);

    /// <summary>Tests tokens; asks Astro at most once an audit for the organization's members and once for its deployments.</summary>
    /// <exception cref="AstroException">Astro could not be reached or failed. A refusal is no failure: the rule then says that it was not checked.</exception>
    Task<IReadOnlyList<AstroTokenFinding>> TestAsync(AstroCall call, IReadOnlyList<AstroApiToken> tokens);

    /// <summary>Tests the machine: its environment and the files of the Astro CLI.</summary>
    IReadOnlyList<AstroTokenFinding> TestMachine();

    /// <summary>What was found so far, in numbers.</summary>
    AstroTokenAuditSummary Summarize();
}
