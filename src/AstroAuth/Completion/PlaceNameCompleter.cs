using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes the names of places that the runspace has been shown; Astro is never asked.</summary>
public abstract class PlaceNameCompleter : IArgumentCompleter
{
    private readonly PlaceSort _sort;

    private protected PlaceNameCompleter(PlaceSort sort) => _sort = sort;

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var seen = SessionConnections.TryOfCurrentRunspace()?.Seen.Of(_sort) ?? [];
        return seen.Select(p => new CompletionItem(p.Text, p.Tip)).Complete(wordToComplete);
    }
}

/// <summary>Completes the names of organizations.</summary>
public sealed class OrganizationNameCompleter : PlaceNameCompleter
{
    /// <summary>Makes the completer.</summary>
    public OrganizationNameCompleter()
        : base(PlaceSort.Organization)
    {
    }
}

/// <summary>Completes the names of workspaces.</summary>
public sealed class WorkspaceNameCompleter : PlaceNameCompleter
{
    /// <summary>Makes the completer.</summary>
    public WorkspaceNameCompleter()
        : base(PlaceSort.Workspace)
    {
    }
}

/// <summary>Completes the names of deployments.</summary>
public sealed class DeploymentNameCompleter : PlaceNameCompleter
{
    /// <summary>Makes the completer.</summary>
    public DeploymentNameCompleter()
        : base(PlaceSort.Deployment)
    {
    }
}
