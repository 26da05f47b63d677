using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Deployments;

namespace AstroAuth.Engine.Deploys;

/// <summary>The deployment that is named, or the connection's, and its deploys.</summary>
internal sealed class DeployPlace
{
    private DeployPlace(ApiClient api, string organizationId, string deploymentId)
    {
        Api = api;
        OrganizationId = organizationId;
        DeploymentId = deploymentId;
        Deploys = new Api.Deploys(api, organizationId, deploymentId);
        Deployments = new Api.Deployments(api, organizationId);
    }

    internal ApiClient Api { get; }

    internal string OrganizationId { get; }

    internal string DeploymentId { get; }

    internal Api.Deploys Deploys { get; }

    internal Api.Deployments Deployments { get; }

    /// <exception cref="AstroException">DeploymentRequired, DeploymentNotFound or AmbiguousName.</exception>
    internal static async Task<DeployPlace> FindAsync(ApiClient api, string? deployment, string? workspace)
    {
        var connection = api.Call.Connection;
        var wanted = deployment ?? connection.Deployment?.Id
            ?? throw new AstroException(nameof(Strings.DeploymentRequired), Strings.Format(Strings.DeploymentRequired, connection.Name), AstroErrorCategory.InvalidArgument, connection.Name);
        // A name is looked for where the connection works; an id is unique.
        var (organization, id) = await new DeploymentReader(api).FindAsync(wanted, workspace ?? connection.Workspace?.Id);
        return new DeployPlace(api, organization, id);
    }

    internal static async Task<DeployPlace> OfAsync(ApiClient api, string deploymentId) =>
        new(api, (await new Organizations(api).GetCurrentAsync()).Id, deploymentId);

    internal async Task<AstroDeployment> GetDeploymentAsync() => (await Deployments.GetAsync(DeploymentId)).ToModel(OrganizationId);

    internal DateTimeOffset Now => Api.Session.Clock.GetUtcNow();
}
