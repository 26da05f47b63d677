using System.Collections.Generic;
using System.Linq;
using AstroAuth.Hosting;

namespace AstroAuth.Completion;

/// <summary>Completes the ids of the audit rules.</summary>
internal sealed class AuditRuleCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override bool TakesWildcards => true;

    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) =>
        EngineHost.Engine.AuditRules.Select(r => new CompletionItem(r.Id, $"{r.Severity}: {r.Title}"));
}
