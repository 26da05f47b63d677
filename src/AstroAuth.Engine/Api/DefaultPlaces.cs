using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Places that are named, or else are the connection's.</summary>
internal sealed class DefaultPlaces
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal DefaultPlaces(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    /// <exception cref="AstroException">WorkspaceRequired, WorkspaceNotFound or AmbiguousName.</exception>
    internal async Task<AstroPlace> FindWorkspaceAsync(string? workspace)
    {
        var connection = _api.Call.Connection;
        if (workspace is not null)
            return await new Places(_api).FindWorkspaceAsync(_organizationId, workspace);
        return connection.Workspace
            ?? throw Invalid(nameof(Strings.WorkspaceRequired), Strings.Format(Strings.WorkspaceRequired, connection.Name), connection.Name);
    }

    /// <exception cref="AstroException">DeploymentRequired, DeploymentNotFound, WorkspaceNotFound or AmbiguousName.</exception>
    internal async Task<AstroPlace> FindDeploymentAsync(string? workspace, string? deployment)
    {
        var connection = _api.Call.Connection;
        var places = new Places(_api);
        if (deployment is null)
        {
            return connection.Deployment
                ?? throw Invalid(nameof(Strings.DeploymentRequired), Strings.Format(Strings.DeploymentRequired, connection.Name), connection.Name);
        }

        var workspaceId = workspace is null ? null : (await places.FindWorkspaceAsync(_organizationId, workspace)).Id;
        return await places.FindDeploymentAsync(_organizationId, workspaceId, deployment);
    }

    private static AstroException Invalid(string id, string message, string target) => new(id, message, AstroErrorCategory.InvalidArgument, target);
}
