using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.ApiToken;

/// <summary>A cmdlet that audits API tokens: those from the pipeline, or all that the connection may list.</summary>
public abstract partial class AuditCmdlet : AstroConnectedCmdlet
{
    private AstroApiToken? _remembered;

    internal AstroAuditOptions Options { get; private set; } = null!;

    internal IAstroTokenAudit Audit { get; private set; } = null!;

    /// <summary>Whether all tokens were to be listed and were not: then numbers would say too little.</summary>
    internal bool IsIncomplete { get; private set; }

    /// <summary>Whether there is to be an audit; when not, nothing is sent.</summary>
    internal virtual bool IsWanted => true;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Begin(() =>
        {
            var usual = new AstroAuditOptions();
            Options = new AstroAuditOptions
            {
                RuleIds = ChooseRules(),
                ExpiringWithin = ExpiringWithin ?? usual.ExpiringWithin,
                MaximumPeriodInDays = MaximumPeriodInDays ?? usual.MaximumPeriodInDays,
                NotRotatedFor = NotRotatedFor ?? usual.NotRotatedFor,
                NeverUsedFor = NeverUsedFor ?? usual.NeverUsedFor,
                UnusedFor = UnusedFor ?? usual.UnusedFor,
            };
            Audit = Engine.StartAudit(Options);
        });
    }

    /// <summary>What must succeed before anything is looked at: a failure ends the cmdlet.</summary>
    internal void Begin(Action action)
    {
        try
        {
            action();
        }
        catch (AstroException e)
        {
            ThrowTerminatingError(e.ToErrorRecord());
        }
    }

    /// <summary>Takes tokens and what was found about them, on the pipeline thread.</summary>
    internal abstract void Take(IReadOnlyList<AstroApiToken> tokens, IReadOnlyList<AstroTokenFinding> findings);

    /// <inheritdoc />
    internal override void Remember(object? shown)
    {
        // What is wrong with a token comes in a row.
        if (shown is AstroTokenFinding { Token: { } token })
        {
            if (ReferenceEquals(token, _remembered))
                return;
            _remembered = token;
        }

        base.Remember(shown);
    }

    /// <inheritdoc />
    internal override bool TryProcess(AstroConnection connection)
    {
        if (!IsWanted)
            return true;
        if (ParameterSetName != InputObjectSet || Audit.TryTest(InputObject!) is not { } findings)
            return false;
        Take(InputObject!, findings);
        return true;
    }

    /// <inheritdoc />
    internal override async Task ProcessRecordAsync(AstroCall call, CancellationToken cancellationToken)
    {
        if (InputObject is { } tokens && ParameterSetName == InputObjectSet)
        {
            await TestAsync(call, tokens);
            return;
        }

        if (ParameterSetName == IdSet)
        {
            foreach (var id in Id!)
                await EachAsync(async () => await TestAsync(call, [await Engine.GetApiTokenAsync(call, id)]));
            return;
        }

        var query = new ApiTokenQuery { Scope = Scope?.ToUpperInvariant(), Workspace = Workspace, Deployment = Deployment };
        IsIncomplete = true;
        await Engine.ListApiTokensAsync(call, query, page => TestAsync(call, page));
        IsIncomplete = false;
    }

    private async Task TestAsync(AstroCall call, IReadOnlyList<AstroApiToken> tokens)
    {
        var findings = Audit.TryTest(tokens) ?? await Audit.TestAsync(call, tokens);
        await HandOverAsync(() => Take(tokens, findings));
    }

    private List<string>? ChooseRules()
    {
        if (Rule is null && ExcludeRule is null)
            return null;
        var all = Engine.AuditRules.Select(r => r.Id).ToList();
        var excluded = Match(ExcludeRule ?? [], all);
        return Match(Rule ?? ["*"], all).Except(excluded).ToList();
    }

    // A misspelt rule would make an audit that finds nothing.
    private static List<string> Match(string[] patterns, List<string> all)
    {
        var matched = new List<string>();
        foreach (var pattern in patterns)
        {
            var wanted = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            var count = matched.Count;
            matched.AddRange(all.Where(wanted.IsMatch));
            if (matched.Count == count)
            {
                throw new AstroException(
                    nameof(Strings.AuditRuleNotFound),
                    Strings.Format(Strings.AuditRuleNotFound, pattern, string.Join(", ", all)),
                    AstroErrorCategory.InvalidArgument,
                    pattern);
            }
        }

        return matched;
    }
}
