using System.Collections.Generic;
using System.IO;
using System.Linq;
using AstroAuth.Engine.Audit;
using AstroAuth.Engine.Audit.Report;

namespace AstroAuth.Engine;

/// <summary>The door to audits.</summary>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public IReadOnlyList<AstroAuditRule> AuditRules => [.. Audit.AuditRules.Create().Select(r => r.Info)];

    /// <inheritdoc />
    public IAstroTokenAudit StartAudit(AstroAuditOptions options) => new TokenAudit(options, _clock.GetUtcNow(), AuditedMachine.This);

    /// <inheritdoc />
    public void WriteReport(AstroTokenReport report, AstroReportFormat format, Stream output)
    {
        var rules = AuditRules.ToDictionary(r => r.Id);
        switch (format)
        {
            case AstroReportFormat.Html:
                new HtmlReport(report, rules).Write(output);
                break;
            case AstroReportFormat.Csv:
                CsvReport.Write(report, output);
                break;
            default:
                JsonReport.Write(report, rules, output);
                break;
        }
    }
}
