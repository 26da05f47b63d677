namespace AstroAuth;

/// <summary>One role of an API token on one entity.</summary>
public sealed class AstroTokenRole
{
    /// <summary>ORGANIZATION, WORKSPACE, DEPLOYMENT, DAG or DAG_TAG.</summary>
    public string EntityType { get; internal set; } = "";

    /// <summary>The id of the organization, workspace or deployment, the DAG's id, or the tag's text.</summary>
    public string EntityId { get; internal set; } = "";

    /// <summary>The role's name, built in or custom.</summary>
    public string Role { get; internal set; } = "";

    /// <summary>For DAG and DAG_TAG: the deployment the DAG runs in; otherwise null.</summary>
    public string? DeploymentId { get; internal set; }

    /// <summary>The role's name.</summary>
    public override string ToString() => Role;
}
