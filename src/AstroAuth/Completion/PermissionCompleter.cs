using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Completes the permissions of custom deployment roles that Astro documents (wire contract 8), and those of roles seen; Astro itself may offer more.</summary>
internal sealed class PermissionCompleter : AstroCompleter
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
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request)
    {
        // What a role has that is named is all that can be taken from it.
        if (request.Parameter == "RemovePermission" && request.Text("Name") is { } name
            && request.Of(SeenKind.Role).FirstOrDefault(r => r.Name == name || r.Id == name) is { Parts.Count: > 0 } role)
            return role.Parts.OfType<string>().Select(p => new CompletionItem(p, $"of role '{role.Name}'"));

        var seen = request.Of(SeenKind.Role).SelectMany(r => r.Parts.OfType<string>().Select(p => (p, $"of role '{r.Name}'")));
        return Documented.Concat(seen.ByText().Where(s => Documented.All(d => d.Text != s.Text)));
    }

    private static IEnumerable<CompletionItem> Group(string name, string actions) =>
        actions.Split(' ').Select(action => new CompletionItem($"{name}.{action}", $"{action} on {name}"));
}
