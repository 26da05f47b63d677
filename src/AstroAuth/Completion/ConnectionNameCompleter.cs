using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes the names of the runspace's connections.</summary>
public sealed class ConnectionNameCompleter : IArgumentCompleter
{
    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var all = SessionConnections.TryOfCurrentRunspace()?.All ?? [];
        return all.Select(c => new CompletionItem(c.Name, c.ToString())).Complete(wordToComplete);
    }
}
