using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication;

/// <summary>
/// Fills in a connection's places: from the token's own claims first, then by name, then by asking Astro. One request
/// proves the credential and names the organization.
/// </summary>
internal sealed class ConnectionResolver
{
    private readonly AstroCall _call;
    private readonly AstroConnection _connection;
    private readonly AstroSession _session;

    internal ConnectionResolver(AstroCall call)
    {
        _call = call;
        _connection = call.Connection;
        _session = (AstroSession)_connection.Session;
    }

    /// <summary>The places the token itself names.</summary>
    internal static AstroConnection FromClaims(AstroConnection connection, AstroTokenInfo? info) => connection.With(
        info?.OrganizationId is { } organization ? new AstroPlace(organization) : null,
        info?.WorkspaceId is { } workspace ? new AstroPlace(workspace) : null,
        info?.DeploymentId is { } deployment ? new AstroPlace(deployment) : null);

    internal async Task<AstroConnection> ResolveAsync(AstroPlaces places, bool validate)
    {
        var organization = await ResolveOrganizationAsync(places, validate);
        var workspace = _connection.Workspace;
        var deployment = _connection.Deployment;
        var resolved = _connection.With(organization, workspace, deployment);
        var api = new ApiClient(_call.As(resolved));
        var find = new Places(api);
        if (places.Workspace is { } workspaceName)
            workspace = await find.FindWorkspaceAsync((await new Organizations(api).GetCurrentAsync()).Id, workspaceName);
        if (places.Deployment is { } deploymentName)
            deployment = await find.FindDeploymentAsync((await new Organizations(api).GetCurrentAsync()).Id, workspace?.Id, deploymentName);

        if (validate && deployment is null && organization is not null && BelongsToDeployment())
            (workspace, deployment) = await FindOwnDeploymentAsync(find, organization.Id, workspace);
        return _connection.With(organization, workspace, deployment);
    }

    private async Task<AstroPlace?> ResolveOrganizationAsync(AstroPlaces places, bool validate)
    {
        var known = places.Organization is { } named ? (Places.IdOf(named) is { } id ? new AstroPlace(id) : null) : _connection.Organization;
        if (!validate && (places.Organization is null || known is not null))
            return known;

        var organizations = new Organizations(new ApiClient(_call));
        var visible = await organizations.ListAsync();
        if (known is not null)
            return visible.FirstOrDefault(o => o.Id == known.Id)?.ToPlace() ?? (places.Organization is null ? known : throw NotFound());
        if (places.Organization is { } name)
            return Places.Exact(visible.Select(o => o.ToPlace()), "organization", name) ?? throw NotFound();
        return organizations.Choose(visible);

        AstroException NotFound() => new(
            nameof(Strings.OrganizationNotFound),
            Strings.Format(Strings.OrganizationNotFound, places.Organization, _connection.Name, Organizations.Describe(visible)),
            AstroErrorCategory.ObjectNotFound,
            places.Organization);
    }

    // A key, and a token whose claims name neither workspace nor organization level, may belong to one deployment.
    private bool BelongsToDeployment() => _session.Credential.Kind == AstroCredentialKind.DeploymentKey
        || (_session.Credential is FixedCredential { Kind: AstroCredentialKind.ApiToken, Info: { Scope: null } });

    private static async Task<(AstroPlace? Workspace, AstroPlace? Deployment)> FindOwnDeploymentAsync(Places find, string organizationId, AstroPlace? workspace)
    {
        var reachable = await find.ListReachableDeploymentsAsync(organizationId);
        if (reachable.Count != 1)
            return (workspace, null);
        var own = reachable[0];
        return (
            workspace ?? (own.WorkspaceId is { } id ? new AstroPlace(id, own.WorkspaceName) : null),
            new AstroPlace(own.Id, own.Name));
    }
}
