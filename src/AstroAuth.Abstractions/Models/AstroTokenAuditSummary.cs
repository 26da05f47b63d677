using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>An audit in numbers.</summary>
public sealed class AstroTokenAuditSummary
{
    /// <summary>When the audit was made (UTC).</summary>
    public DateTimeOffset AuditedOn { get; internal set; }

    /// <summary>How many tokens were looked at.</summary>
    public int Tokens { get; internal set; }

    /// <summary>How many of them have at least one finding, of whatever severity.</summary>
    public int TokensWithFindings { get; internal set; }

    /// <summary>How many findings are errors.</summary>
    public int Errors { get; internal set; }

    /// <summary>How many findings are warnings.</summary>
    public int Warnings { get; internal set; }

    /// <summary>How many findings are for information only.</summary>
    public int Information { get; internal set; }

    /// <summary>The rules of the audit and how often each was broken.</summary>
    public IReadOnlyList<AstroAuditRuleCount> Rules { get; internal set; } = [];

    /// <summary>The counts in one line.</summary>
    public override string ToString() => $"{Tokens} tokens: {Errors} errors, {Warnings} warnings, {Information} for information";
}

/// <summary>How often one rule was broken.</summary>
public sealed class AstroAuditRuleCount
{
    /// <summary>The id of the rule.</summary>
    public string RuleId { get; internal set; } = "";

    /// <summary>How much its findings matter.</summary>
    public AstroFindingSeverity Severity { get; internal set; }

    /// <summary>How many findings there are.</summary>
    public int Findings { get; internal set; }

    /// <summary>Whether it could not be checked.</summary>
    public bool NotChecked { get; internal set; }

    /// <summary>The rule and its count.</summary>
    public override string ToString() => NotChecked ? $"{RuleId} (not checked)" : $"{RuleId} {Findings}";
}
