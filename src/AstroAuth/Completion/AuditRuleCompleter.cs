using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AstroAuth.Hosting;

namespace AstroAuth.Completion;

/// <summary>Completes the ids of the audit rules.</summary>
public sealed class AuditRuleCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        EngineHost.Engine.AuditRules.Select(r => new CompletionItem(r.Id, $"{r.Severity}: {r.Title}")).Complete(wordToComplete);
}
