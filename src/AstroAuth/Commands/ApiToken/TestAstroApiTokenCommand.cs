using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiToken;

/// <summary>Audits API tokens: gives what is wrong with them, why it matters and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AstroApiToken", DefaultParameterSetName = AllSet)]
[OutputType(typeof(AstroTokenFinding), typeof(AstroTokenAuditSummary))]
public sealed class TestAstroApiTokenCommand : AuditCmdlet
{
    /// <summary>Give the numbers only, in one object at the end.</summary>
    [Parameter]
    public SwitchParameter AsSummary { get; set; }

    /// <summary>End with one terminating error when there is a finding as bad as this or worse: Error or Warning.</summary>
    [Parameter]
    [ValidateSet(nameof(AstroFindingSeverity.Error), nameof(AstroFindingSeverity.Warning))]
    public string? FailOn { get; set; }

    /// <inheritdoc />
    internal override void Take(IReadOnlyList<AstroApiToken> tokens, IReadOnlyList<AstroTokenFinding> findings)
    {
        if (!AsSummary && findings.Count > 0)
            WriteAll(findings);
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        Take([], Audit.TestMachine());
        var summary = Audit.Summarize();
        if (AsSummary && !IsIncomplete)
            WriteAll([summary]);
        if (FailOn is not null && (summary.Errors > 0 || (summary.Warnings > 0 && FailOn == nameof(AstroFindingSeverity.Warning))))
            ThrowTerminatingError(Failure(summary).ToErrorRecord());
    }

    private static AstroException Failure(AstroTokenAuditSummary summary)
    {
        var broken = summary.Rules.Where(r => r.Findings > 0 && r.Severity >= AstroFindingSeverity.Warning).OrderByDescending(r => r.Severity);
        return new AstroException(
            nameof(Strings.AuditFailed),
            Strings.Format(
                Strings.AuditFailed,
                Count(summary.Tokens, "token"),
                Count(summary.Errors, "error"),
                Count(summary.Warnings, "warning"),
                string.Join(", ", broken)),
            AstroErrorCategory.InvalidResult,
            summary);
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
