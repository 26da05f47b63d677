using System.Linq;

namespace AstroAuth.Session;

/// <summary>Takes from the objects that cmdlets give what is worth completing.</summary>
internal readonly struct SeenNotes
{
    private readonly SeenThings _seen;
    private readonly AstroConnection? _by;
    private readonly SeenKind _tokenKind;

    internal SeenNotes(SeenThings seen, AstroConnection? by, SeenKind tokenKind)
    {
        _seen = seen;
        _by = by;
        _tokenKind = tokenKind;
    }

    internal void Note(object? shown)
    {
        switch (shown)
        {
            case AstroApiToken token: Token(token); break;
            case AstroTokenFinding { Token: { } token }: Token(token); break;
            case AstroOrganization organization: Add(new(SeenKind.Organization, organization.Id, organization.Name) { Detail = "organization" }, organization.Id); break;
            case AstroWorkspace workspace: Add(new(SeenKind.Workspace, workspace.Id, workspace.Name) { Detail = workspace.Description }, workspace.OrganizationId); break;
            case AstroDeployment deployment: Deployment(deployment); break;
            case AstroDeploymentOption option: Option(option); break;
            case AstroRole role: Role(role); break;
            case AstroDag dag: Dag(dag); break;
            case AstroDagRun run: Run(run); break;
            case AstroDeploy deploy: Deploy(deploy); break;
            case AstroTokenRotation rotation: Rotation(rotation); break;
            case AstroKeyConversion conversion: Conversion(conversion); break;
            case AstroConnection connection: Connection(connection); break;
            case AstroSavedSession session: Session(session); break;
            case AstroCliContext context: Add(new(SeenKind.CliContext, context.Domain, context.Domain) { Detail = context.IsCurrent ? "the CLI's current context" : "context of the CLI" }); break;
        }
    }

    internal void Secret(string? vault, string? name)
    {
        if (!string.IsNullOrEmpty(vault) && !string.IsNullOrEmpty(name))
            Add(new(SeenKind.Secret, name!, name!) { Within = vault, Detail = $"in vault '{vault}'" });
    }

    // Of a thing that nobody else has yet, so that no copy of each is made.
    private void Add(SeenThing thing, string? organizationId = null)
    {
        thing.Domain ??= _by?.Domain;
        thing.OrganizationId = string.IsNullOrEmpty(organizationId) ? _by?.Organization?.Id : organizationId;
        _seen.Add(thing);
    }

    private void Token(AstroApiToken token)
    {
        // It falls with the workspace or the deployment that owns it.
        var workspace = token.Scope == "WORKSPACE" ? token.Roles.FirstOrDefault(r => r.EntityType == "WORKSPACE")?.EntityId : null;
        Add(
            new(_tokenKind, token.Id, token.Name)
            {
                Scope = token.Scope,
                Workspace = workspace is null ? null : new AstroPlace(workspace),
                Deployment = string.IsNullOrEmpty(token.DeploymentId) ? null : new AstroPlace(token.DeploymentId!),
                ExpiresOn = token.ExpiresOn,
                Parts = token.Roles,
            },
            token.OrganizationId);
        if (token is AstroIssuedApiToken issued)
            Secret(issued.Vault, issued.SecretName);
    }

    private void Deployment(AstroDeployment deployment)
    {
        Add(
            new(SeenKind.Deployment, deployment.Id, deployment.Name)
            {
                Detail = $"{deployment.Status}, {deployment.WorkspaceName}",
                Workspace = new AstroPlace(deployment.WorkspaceId, deployment.WorkspaceName),
                Parts = deployment.WorkerQueues,
            },
            deployment.OrganizationId);
        if (deployment.ClusterId is { Length: > 0 } cluster)
            Add(new(SeenKind.Cluster, cluster, deployment.ClusterName ?? "") { Detail = $"{deployment.CloudProvider} {deployment.Region}" }, deployment.OrganizationId);
        if (deployment.Region is { Length: > 0 } region)
            Add(new(SeenKind.Region, region, region) { Within = deployment.CloudProvider, Detail = deployment.CloudProvider ?? "" });
        if (_seen.Find(SeenKind.RuntimeRelease, deployment.RuntimeVersion) is null)
            Add(new(SeenKind.RuntimeRelease, deployment.RuntimeVersion, deployment.RuntimeVersion) { Detail = $"Airflow {deployment.AirflowVersion}" });
    }

    private void Option(AstroDeploymentOption option)
    {
        foreach (var release in option.RuntimeReleases)
            Add(new(SeenKind.RuntimeRelease, release.Version, release.Version) { Detail = $"Airflow {release.AirflowVersion}, {release.Channel}", MadeOn = release.ReleasedOn });
    }

    private void Role(AstroRole role) => Add(new(SeenKind.Role, role.Id.Length > 0 ? role.Id : role.Name, role.Name)
    {
        Within = role.Kind,
        Scope = role.Scope,
        Detail = $"{role.Kind} role for {role.Scope}" + (role.Description.Length > 0 ? $", {role.Description}" : ""),
        Parts = role.Permissions,
    });

    private void Dag(AstroDag dag) => Add(new(SeenKind.Dag, dag.DagId, dag.DagId)
    {
        Deployment = new AstroPlace(dag.DeploymentId, dag.DeploymentName),
        Detail = $"{(dag.IsPaused ? "paused" : "active")} in {dag.DeploymentName}" + (dag.Schedule is { } schedule ? $", {schedule}" : ""),
        Parts = dag.Tags,
    });

    private void Run(AstroDagRun run)
    {
        var deployment = new AstroPlace(run.DeploymentId, run.DeploymentName);
        Add(new(SeenKind.DagRun, run.RunId, run.RunId)
        {
            Deployment = deployment,
            Within = run.DagId,
            MadeOn = run.LogicalDate ?? run.QueuedOn ?? run.StartedOn,
            Detail = $"{run.State}, {run.DagId} in {run.DeploymentName}",
        });
        var dag = new SeenThing(SeenKind.Dag, run.DagId, run.DagId) { Deployment = deployment, Detail = $"in {run.DeploymentName}" };
        if (_seen.Find(SeenKind.Dag, dag.Key) is null)
            Add(dag);
    }

    private void Deploy(AstroDeploy deploy) => Add(new(SeenKind.Deploy, deploy.Id, "")
    {
        Deployment = new AstroPlace(deploy.DeploymentId),
        MadeOn = deploy.CreatedOn,
        Detail = $"{deploy.Type} {deploy.Status}" + (deploy.Description.Length > 0 ? $", {deploy.Description}" : ""),
        Parts = deploy.Bundles,
    });

    // A successor takes the place of its former in every way.
    private void Rotation(AstroTokenRotation rotation)
    {
        Secret(rotation.Vault, rotation.SecretName);
        var old = _seen.Find(SeenKind.ApiToken, rotation.OldId);
        if (rotation.Status == AstroRotationStatus.Rotated)
            Add((old ?? new(SeenKind.ApiToken, rotation.Id, rotation.Name)) with { Id = rotation.Id, ExpiresOn = rotation.ExpiresOn }, old?.OrganizationId);
        if (rotation.Status == AstroRotationStatus.Retired || (rotation.Status == AstroRotationStatus.Rotated && rotation.OldId != rotation.Id && rotation.OldTokenRetiresOn is null))
            _seen.Forget(SeenKind.ApiToken, rotation.OldId);
    }

    private void Conversion(AstroKeyConversion conversion)
    {
        Secret(conversion.Vault, conversion.SecretName);
        Add(new(SeenKind.ApiToken, conversion.TokenId, conversion.TokenName)
        {
            Scope = "DEPLOYMENT",
            Deployment = new AstroPlace(conversion.DeploymentId, conversion.DeploymentName),
            ExpiresOn = conversion.ExpiresOn,
        });
    }

    private void Connection(AstroConnection connection)
    {
        var notes = new SeenNotes(_seen, connection, _tokenKind);
        var tip = $"default of connection '{connection.Name}'";
        notes.Place(SeenKind.Organization, connection.Organization, tip, null);
        notes.Place(SeenKind.Workspace, connection.Workspace, tip, null);
        notes.Place(SeenKind.Deployment, connection.Deployment, tip, connection.Workspace);
    }

    private void Session(AstroSavedSession session) =>
        Add(new(SeenKind.SavedSession, session.Name, session.Name) { Domain = session.Domain, Within = session.User, Detail = $"saved session of {session.User} at {session.Domain}" });

    private void Place(SeenKind kind, AstroPlace? place, string tip, AstroPlace? workspace)
    {
        if (place?.Name is { } name && _seen.Find(kind, place.Id) is null)
            Add(new(kind, place.Id, name) { Detail = tip, Workspace = workspace });
    }
}
