using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Audit;

/// <summary>One audit: runs the rules, counts what they find, and looks up what they need, each thing once.</summary>
internal sealed class TokenAudit : IAstroTokenAudit
{
    private readonly AuditContext _context;
    private readonly AuditedMachine _machine;
    private readonly List<AuditRule> _rules;
    private readonly TokenRule[] _tokenRules;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _notChecked = new(StringComparer.Ordinal);
    private LookUp _lookedUp;
    private int _tokens;
    private int _tokensWithFindings;

    internal TokenAudit(AstroAuditOptions options, DateTimeOffset now, AuditedMachine machine)
    {
        _context = new AuditContext(options, now);
        _machine = machine;
        _rules = AuditRules.Create().Where(r => options.RuleIds?.Contains(r.Id, StringComparer.OrdinalIgnoreCase) != false).ToList();
        _tokenRules = [.. _rules.OfType<TokenRule>()];
    }

    /// <inheritdoc />
    public IReadOnlyList<AstroTokenFinding>? TryTest(IReadOnlyList<AstroApiToken> tokens) => (Needs(tokens) & ~_lookedUp) == LookUp.None ? Test(tokens) : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<AstroTokenFinding>> TestAsync(AstroCall call, IReadOnlyList<AstroApiToken> tokens)
    {
        var needs = Needs(tokens) & ~_lookedUp;
        var findings = new List<AstroTokenFinding>();
        if (needs.HasFlag(LookUp.Members))
            await LookUpAsync(call, LookUp.Members, findings, async organization => _context.Members = await new Users(new ApiClient(call)).ListMembersAsync(organization));
        if (needs.HasFlag(LookUp.Deployments))
            await LookUpAsync(call, LookUp.Deployments, findings, async organization => _context.WorkspaceOfDeployment = await new Places(new ApiClient(call)).ListWorkspacesOfDeploymentsAsync(organization));
        findings.AddRange(Test(tokens));
        return findings;
    }

    /// <inheritdoc />
    public IReadOnlyList<AstroTokenFinding> TestMachine()
    {
        var findings = new List<AstroTokenFinding>();
        foreach (var rule in _rules.OfType<MachineRule>())
        {
            if (rule.Find(_machine) is not { } finding)
                continue;
            findings.Add(finding.NotChecked ? finding : Count(finding));
            if (finding.NotChecked)
                _notChecked.Add(rule.Id);
        }

        return findings;
    }

    /// <inheritdoc />
    public AstroTokenAuditSummary Summarize() => new()
    {
        AuditedOn = _context.Now,
        Tokens = _tokens,
        TokensWithFindings = _tokensWithFindings,
        Errors = CountOf(AstroFindingSeverity.Error),
        Warnings = CountOf(AstroFindingSeverity.Warning),
        Information = CountOf(AstroFindingSeverity.Information),
        Rules = _rules.ConvertAll(r => new AstroAuditRuleCount
        {
            RuleId = r.Id,
            Severity = r.Info.Severity,
            Findings = CountOf(r),
            NotChecked = _notChecked.Contains(r.Id),
        }),
    };

    private List<AstroTokenFinding> Test(IReadOnlyList<AstroApiToken> tokens)
    {
        var findings = new List<AstroTokenFinding>();
        foreach (var token in tokens)
        {
            var before = findings.Count;
            var audited = new AuditedToken(token, _context.Now);
            foreach (var rule in _tokenRules)
            {
                if (audited.HasEnded == rule.WantsEnded && rule.Find(audited, _context) is { } finding)
                    findings.Add(Count(finding));
            }

            _tokens++;
            if (findings.Count > before)
                _tokensWithFindings++;
        }

        return findings;
    }

    private LookUp Needs(IReadOnlyList<AstroApiToken> tokens)
    {
        var needs = LookUp.None;
        foreach (var rule in _tokenRules)
        {
            if ((rule.MayNeed & ~_lookedUp) == LookUp.None)
                continue;
            foreach (var token in tokens)
            {
                var audited = new AuditedToken(token, _context.Now);
                if (audited.HasEnded == rule.WantsEnded && (needs |= rule.Needs(audited)).HasFlag(rule.MayNeed))
                    break;
            }
        }

        return needs;
    }

    // A credential that may not know is no reason to stop: the rule says so, and the others go on.
    private async Task LookUpAsync(AstroCall call, LookUp what, List<AstroTokenFinding> findings, Func<string, Task> ask)
    {
        try
        {
            await ask((await new Organizations(new ApiClient(call)).GetCurrentAsync()).Id);
        }
        catch (AstroApiException e) when (e.StatusCode is 403 or 404)
        {
            var rule = what == LookUp.Members ? nameof(Rules.CreatorLeft) : nameof(Rules.BroadScope);
            var list = what == LookUp.Members ? "users of the organization" : "deployments of the organization";
            _notChecked.Add(rule);
            findings.Add(_tokenRules.First(r => r.Id == rule).NotChecked(
                $"It could not be checked: the credential of connection '{call.Connection.Name}' may not list the {list}.",
                $"Run the audit as somebody who may list the {list}, or leave the rule out: -ExcludeRule {rule}"));
        }

        _lookedUp |= what;
    }

    private AstroTokenFinding Count(AstroTokenFinding finding)
    {
        _counts.TryGetValue(finding.RuleId, out var count);
        _counts[finding.RuleId] = count + 1;
        return finding;
    }

    private int CountOf(AstroFindingSeverity severity) => _rules.Where(r => r.Info.Severity == severity).Sum(CountOf);

    private int CountOf(AuditRule rule) => _counts.TryGetValue(rule.Id, out var count) ? count : 0;
}
