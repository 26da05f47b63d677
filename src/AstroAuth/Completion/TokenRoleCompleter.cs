using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AstroAuth.Completion;

/// <summary>Completes the built-in roles (wire contract 8), narrowest first within a level, and only those of the scope that was typed.</summary>
public sealed class TokenRoleCompleter : IArgumentCompleter
{
    private static readonly CompletionItem[] BuiltIn =
    [
        new("DAG_VIEWER", "See one DAG, or those with a tag"),
        new("DAG_AUTHOR", "Run one DAG, or those with a tag"),
        new("DEPLOYMENT_ADMIN", "Everything on one deployment"),
        new("WORKSPACE_ACCESSOR", "See the workspace only"),
        new("WORKSPACE_MEMBER", "View deployments of the workspace"),
        new("WORKSPACE_AUTHOR", "Push code and trigger runs"),
        new("WORKSPACE_OPERATOR", "Manage deployments and Workspace tokens"),
        new("WORKSPACE_OWNER", "Everything in the workspace"),
        new("ORGANIZATION_MEMBER", "See the organization"),
        new("ORGANIZATION_OBSERVE_MEMBER", "Use Astro Observe"),
        new("ORGANIZATION_OBSERVE_ADMIN", "Manage Astro Observe"),
        new("ORGANIZATION_BILLING_ADMIN", "See and manage billing"),
        new("ORGANIZATION_OWNER", "Everything, everywhere"),
    ];

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var scope = fakeBoundParameters["Scope"] as string
            ?? (fakeBoundParameters.Contains("DagId") || fakeBoundParameters.Contains("DagTag") ? "DAG"
                : fakeBoundParameters.Contains("Deployment") ? "DEPLOYMENT" : fakeBoundParameters.Contains("Workspace") ? "WORKSPACE" : "");
        return BuiltIn.Where(r => r.Text.StartsWith(scope, System.StringComparison.OrdinalIgnoreCase) && (scope == "DAG" || !r.Text.StartsWith("DAG_", System.StringComparison.Ordinal))).Complete(wordToComplete);
    }
}
