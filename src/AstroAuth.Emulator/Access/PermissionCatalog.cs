namespace AstroAuth.Emulator.Access;

/// <summary>A group of actions that a custom role can grant.</summary>
internal sealed record PermissionGroup(string Name, string Scope, string Description, IReadOnlyList<PermissionEntry> Permissions);

/// <summary>One action of a group.</summary>
internal sealed record PermissionEntry(string Action, string Description);

/// <summary>The permissions that custom roles are built from.</summary>
internal static class PermissionCatalog
{
    public static IReadOnlyList<PermissionGroup> Groups { get; } =
    [
        Deployment("deployment", "The Deployment itself", "get", "update", "delete"),
        Deployment("deployment.deploys", "Deploys of code", "get", "create", "update"),
        Deployment("deployment.apiTokens", "Deployment API tokens", "get", "create", "update", "delete", "rotate"),
        Deployment("deployment.envObjects", "Connections, variables and metrics exports", "get", "create", "update", "delete"),
        Deployment("deployment.alerts", "Alerts", "get", "create", "update", "delete"),
        Deployment("deployment.logs", "Component logs", "get"),
        Deployment("deployment.metrics", "Metrics", "get"),
        Deployment("deployment.teams", "Teams with access", "get", "delete"),
        Deployment("deployment.users", "Users with access", "get", "delete"),
        Deployment("deployment.airflow.adminMenu", "The Admin menu of Airflow", "get"),
        Deployment("deployment.airflow.astronomer", "The Astronomer menu of Airflow", "get"),
        Deployment("deployment.airflow.auditLog", "Airflow's audit log", "get"),
        Deployment("deployment.airflow.browseMenu", "The Browse menu of Airflow", "get"),
        Deployment("deployment.airflow.clusterActivity", "Cluster activity", "get"),
        Deployment("deployment.airflow.configMenu", "Airflow's configuration", "get"),
        Deployment("deployment.airflow.customMenu", "Custom menus of Airflow", "get"),
        Deployment("deployment.airflow.website", "The Airflow UI", "get"),
        Deployment("deployment.airflow.connection", "Airflow connections", "get", "create", "update", "delete"),
        Deployment("deployment.airflow.dag", "DAGs", "get", "update", "delete"),
        Deployment("deployment.airflow.dagCode", "DAG code", "get"),
        Deployment("deployment.airflow.dagDependencies", "Dependencies of DAGs", "get"),
        Deployment("deployment.airflow.datasets", "Datasets", "get"),
        Deployment("deployment.airflow.docs", "The Docs menu of Airflow", "get"),
        Deployment("deployment.airflow.job", "Jobs", "get"),
        Deployment("deployment.airflow.plugin", "Plugins", "get"),
        Deployment("deployment.airflow.provider", "Providers", "get"),
        Deployment("deployment.airflow.slaMiss", "Missed SLAs", "get"),
        Deployment("deployment.airflow.taskReschedule", "Rescheduled tasks", "get"),
        Deployment("deployment.airflow.trigger", "Triggers", "get"),
        Deployment("deployment.airflow.dagRun", "DAG runs", "get", "create", "update", "delete"),
        Deployment("deployment.airflow.importError", "Import errors", "get"),
        Deployment("deployment.airflow.pool", "Pools", "get", "create", "update", "delete"),
        Deployment("deployment.airflow.taskInstance", "Task instances", "get", "create", "update", "delete"),
        Deployment("deployment.airflow.taskLog", "Task logs", "get"),
        Deployment("deployment.airflow.variable", "Airflow variables", "get", "create", "update", "delete"),
        Deployment("deployment.airflow.xcom", "XComs", "get", "delete"),
        Dag("dag", "A single DAG", "get", "update"),
        Dag("dag.dagRun", "Runs of a single DAG", "get", "create", "update"),
        Dag("dag.taskLog", "Task logs of a single DAG", "get"),
    ];

    public static IEnumerable<string> Of(string scope) =>
        Groups.Where(g => g.Scope == scope).SelectMany(g => g.Permissions.Select(p => $"{g.Name}.{p.Action}"));

    private static PermissionGroup Deployment(string name, string about, params string[] actions) => Group("DEPLOYMENT", name, about, actions);

    private static PermissionGroup Dag(string name, string about, params string[] actions) => Group("DAG", name, about, actions);

    private static PermissionGroup Group(string scope, string name, string about, string[] actions) =>
        new(name, scope, about, [.. actions.Select(a => new PermissionEntry(a, $"{about}: {a}"))]);
}
