namespace AstroAuth.Emulator.Access;

/// <summary>A built-in role or a template of a custom one.</summary>
internal sealed record RoleDefinition(string Name, string ScopeType, string Description, IReadOnlyList<string> Permissions);

/// <summary>The built-in roles and what each may do, and the templates for custom roles.</summary>
internal static class RoleCatalog
{
    private static readonly string[] s_tokenActions = ["get", "create", "update", "delete", "rotate"];
    private static readonly string[] s_accessor = ["workspace.get"];
    private static readonly string[] s_member =
    [
        .. s_accessor, "workspace.apiTokens.get", "deployment.get", "deployment.deploys.get", "deployment.apiTokens.get",
        "deployment.logs.get", "deployment.metrics.get", "deployment.alerts.get", "deployment.airflow.website.get",
        "deployment.airflow.dag.get", "deployment.airflow.dagCode.get", "deployment.airflow.dagRun.get",
        "deployment.airflow.taskInstance.get", "deployment.airflow.taskLog.get", "deployment.airflow.importError.get",
    ];
    private static readonly string[] s_author =
    [
        .. s_member, "deployment.deploys.create", "deployment.deploys.update", "deployment.airflow.dag.update",
        "deployment.airflow.dagRun.create", "deployment.airflow.dagRun.update", "deployment.airflow.taskInstance.update",
    ];
    private static readonly string[] s_operator =
    [
        .. Tokens("workspace"), .. s_author, "deployment.create",
        .. PermissionCatalog.Of("DEPLOYMENT").Where(p => !ChangesTokens(p)),
    ];
    private static readonly string[] s_owner =
    [
        .. s_operator, .. Tokens("deployment"), "workspace.update", "workspace.delete", "workspace.users.update", "workspace.teams.update",
    ];

    public static IReadOnlyList<RoleDefinition> Defaults { get; } =
    [
        new("ORGANIZATION_OWNER", "ORGANIZATION", "Manages everything in the Organization.",
            Distinct(["organization.get", "organization.update", .. Tokens("organization"), .. s_owner])),
        new("ORGANIZATION_BILLING_ADMIN", "ORGANIZATION", "Manages billing.", ["organization.get", "organization.billing.update"]),
        new("ORGANIZATION_MEMBER", "ORGANIZATION", "Belongs to the Organization.", ["organization.get"]),
        new("ORGANIZATION_OBSERVE_ADMIN", "ORGANIZATION", "Manages Astro Observe.", ["organization.get", "organization.observe.update"]),
        new("ORGANIZATION_OBSERVE_MEMBER", "ORGANIZATION", "Uses Astro Observe.", ["organization.get", "organization.observe.get"]),
        new("WORKSPACE_OWNER", "WORKSPACE", "Manages a Workspace, its members and its Deployments' API tokens.", Distinct(s_owner)),
        new("WORKSPACE_OPERATOR", "WORKSPACE", "Manages Deployments, their settings and Workspace API tokens.", Distinct(s_operator)),
        new("WORKSPACE_AUTHOR", "WORKSPACE", "Deploys code and runs DAGs.", Distinct(s_author)),
        new("WORKSPACE_MEMBER", "WORKSPACE", "Sees Deployments and DAGs.", s_member),
        new("WORKSPACE_ACCESSOR", "WORKSPACE", "Enters a Workspace.", s_accessor),
        new("DEPLOYMENT_ADMIN", "DEPLOYMENT", "Manages one Deployment.",
            [.. PermissionCatalog.Of("DEPLOYMENT").Where(p => !ChangesTokens(p))]),
        new("DAG_VIEWER", "DAG", "Sees a DAG.", ["dag.get", "dag.dagRun.get", "dag.taskLog.get"]),
        new("DAG_AUTHOR", "DAG", "Runs a DAG.", [.. PermissionCatalog.Of("DAG")]),
    ];

    public static IReadOnlyList<RoleDefinition> Templates { get; } =
    [
        new("Deployment Viewer", "DEPLOYMENT", "Sees a Deployment and its DAGs.",
            [.. s_member.Where(p => p.StartsWith("deployment.", StringComparison.Ordinal))]),
        new("Deployment Author", "DEPLOYMENT", "Deploys code to a Deployment and runs its DAGs.",
            [.. s_author.Where(p => p.StartsWith("deployment.", StringComparison.Ordinal))]),
        new("Deployment Operator", "DEPLOYMENT", "Manages a Deployment.",
            [.. PermissionCatalog.Of("DEPLOYMENT").Where(p => !ChangesTokens(p))]),
    ];

    public static RoleDefinition? Default(string scopeType, string name) =>
        Defaults.FirstOrDefault(r => r.ScopeType == scopeType && r.Name == name);

    private static IEnumerable<string> Tokens(string entity) => s_tokenActions.Select(a => $"{entity}.apiTokens.{a}");

    private static bool ChangesTokens(string permission) =>
        permission.StartsWith("deployment.apiTokens.", StringComparison.Ordinal) && !permission.EndsWith(".get", StringComparison.Ordinal);

    private static string[] Distinct(IEnumerable<string> permissions) => [.. permissions.Distinct()];
}
