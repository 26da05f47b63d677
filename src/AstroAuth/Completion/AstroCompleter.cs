using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes an argument from what the runspace has seen: Astro and vaults are never asked.</summary>
internal abstract class AstroCompleter : IArgumentCompleter
{
    /// <summary>Whether the parameter takes wildcards, so that those in a name have to be escaped.</summary>
    internal virtual bool TakesWildcards => false;

    /// <inheritdoc />
    [SuppressMessage("Design", "CA1031", Justification = "A failure while somebody types would leave an error in $Error and a list of files.")]
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        try
        {
            var request = new CompletionRequest(commandName, parameterName, fakeBoundParameters, SessionConnections.TryOfCurrentRunspace());
            return new CompletionWord(wordToComplete, TakesWildcards).Complete(Offer(request)).ToList();
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>All that could stand there, in the order of a list.</summary>
    internal abstract IEnumerable<CompletionItem> Offer(CompletionRequest request);
}
