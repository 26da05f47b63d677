using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AstroAuth.Completion;

/// <summary>Completes the permissions of custom deployment roles that Astro documents (wire contract 8); Astro itself may offer more.</summary>
public sealed class PermissionCompleter : IArgumentCompleter
{
    private const string All = "get create update delete";

    private static readonly CompletionItem[] Documented =
    [
        .. Group("deployment", "get update delete"),
        .. Group("deployment.deploys", "get create update"),
        .. Group("deployment.apiTokens", All + " rotate"),
        .. Group("deployment.envObjects", All),
        .. Group("deployment.alerts", All),
        .. Group("deployment.logs", "get"),
        .. Group("deployment.metrics", "get"),
        .. Group("deployment.teams", "get delete"),
        .. Group("deployment.users", "get delete"),
        .. Group("deployment.airflow.website", "get"),
        .. Group("deployment.airflow.connection", All),
        .. Group("deployment.airflow.dag", "get update delete"),
        .. Group("deployment.airflow.dagCode", "get"),
        .. Group("deployment.airflow.dagRun", All),
        .. Group("deployment.airflow.importError", "get"),
        .. Group("deployment.airflow.pool", All),
        .. Group("deployment.airflow.taskInstance", All),
        .. Group("deployment.airflow.taskLog", "get"),
        .. Group("deployment.airflow.variable", All),
        .. Group("deployment.airflow.xcom", "get delete"),
    ];

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) => Documented.Complete(wordToComplete);

    private static IEnumerable<CompletionItem> Group(string name, string actions) =>
        actions.Split(' ').Select(action => new CompletionItem($"{name}.{action}", $"{action} on {name}"));
}
