using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Airflow;

/// <summary>What a caller may do in a deployment's Airflow: by a role on the deployment, or by one on a DAG or on a tag.</summary>
internal sealed class AirflowRules(AccessRules rules, AstroDirectory directory)
{
    /// <summary>Whether the caller may do something to all DAGs: dag.get, dag.update, dagRun.create and the like.</summary>
    public bool OnAirflow(Caller caller, Deployment deployment, string permission) =>
        rules.OnDeployment(caller, deployment, "deployment.airflow." + permission);

    public static bool HoldsDagRole(Caller caller, Deployment deployment) =>
        caller.Roles.Any(r => r.DeploymentId == deployment.Id && r.EntityType is "DAG" or "DAG_TAG");

    public bool OnDag(Caller caller, Deployment deployment, Dag dag, string permission)
    {
        // A role on a DAG names the same rights in its own words: dag.get, dag.dagRun.create.
        var own = permission.StartsWith("dag.", StringComparison.Ordinal) ? permission : "dag." + permission;
        return OnAirflow(caller, deployment, permission) || caller.Roles.Any(r =>
            r.DeploymentId == deployment.Id && Meets(r, dag)
            && (RoleCatalog.Default("DAG", r.Role)?.Permissions ?? directory.CustomRole(deployment.OrganizationId, r.Role)?.Permissions)
                ?.Contains(own) == true);
    }

    private static bool Meets(RoleEntry role, Dag dag) => role.EntityType switch
    {
        "DAG" => role.EntityId == dag.Id,
        "DAG_TAG" => dag.Tags.Contains(role.EntityId),
        _ => false,
    };
}
