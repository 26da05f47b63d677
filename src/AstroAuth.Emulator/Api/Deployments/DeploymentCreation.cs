using System.Security.Cryptography;
using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>Deployments: create.</summary>
internal static class DeploymentCreation
{
    private static readonly string[] s_adjectives = ["amber", "binary", "cosmic", "distant", "eclipsed", "frozen", "galactic", "hollow"];
    private static readonly string[] s_nouns = ["asteroid", "comet", "galaxy", "horizon", "meteor", "orbit", "pulsar", "quasar"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/organizations/{organizationId}/deployments", CreateAsync);

    private static async Task<IResult> CreateAsync(HttpContext context, AstroDirectory directory, DeploymentLife life)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var request = DeploymentRequest.Read(body, isUpdate: false);
        var workspace = directory.Workspace(organization.Id, request.WorkspaceId);
        if (workspace is null && request.WorkspaceId.Length > 0)
            body.Refuse("invalid", "workspaceId", "there is no Workspace with this id");
        if (workspace is null)
            body.Done();
        if (!AccessRules.OnWorkspace(context.Caller(), workspace!.Id, "deployment.create"))
            throw ApiProblem.Forbidden("You may not create Deployments in this Workspace");

        var (cloud, region, clusterId) = Infrastructure(body, request, workspace, directory);
        var release = request.RuntimeVersion is null
            ? RuntimeCatalog.Releases[0] : RuntimeCatalog.Releases.FirstOrDefault(r => r.Version == request.RuntimeVersion);
        if (release is null)
            body.Refuse("invalid", "astroRuntimeVersion", $"there is no Astro Runtime {request.RuntimeVersion}");
        var now = life.Now;
        var caller = context.Caller().Profile;
        release ??= RuntimeCatalog.Releases[0];
        var blank = new Deployment
        {
            Id = Cuid.New(), OrganizationId = organization.Id, WorkspaceId = workspace.Id, Name = "", Namespace = NewNamespace(),
            Type = request.Type, CloudProvider = cloud, Region = region, ClusterId = clusterId, RuntimeVersion = release.Version,
            AirflowVersion = release.AirflowVersion, Executor = "", ImageTag = release.Version, IsCicdEnforced = workspace.CicdEnforcedDefault,
            SchedulesFrom = now, CreatedAt = now, UpdatedAt = now, CreatedBy = caller, UpdatedBy = caller,
        };
        var deployment = life.Created(DeploymentWriting.Apply(request, blank, now));
        DeploymentRules.Check(body, request, deployment, current: null, directory);
        body.Done();
        directory.DeploymentStore.Add(deployment);
        return Answer.Json(DeploymentView.Of(deployment, directory, life, context.Request), EmulatorJson.Default.DeploymentView);
    }

    /// <summary>Where it runs: the cluster, else cloud and region, else what the workspace has for it, else the only cluster there is.</summary>
    private static (string? Cloud, string? Region, string? ClusterId) Infrastructure(
        RequestBody body, DeploymentRequest request, Workspace workspace, AstroDirectory directory)
    {
        if (request is { ClusterId: null, CloudProvider: null, Region: null })
            request = WithDefaults(request, workspace, directory);
        var clusters = directory.Clusters.Where(c => c.OrganizationId == workspace.OrganizationId && c.Type == request.Type).ToList();
        if (request.ClusterId is { } id)
        {
            var cluster = directory.Cluster(workspace.OrganizationId, id);
            if (cluster is null)
                body.Refuse("invalid", "clusterId", "there is no cluster with this id");
            else if (request.Type != "STANDARD" && cluster.Type != request.Type)
                body.Refuse("invalid", "clusterId", $"the cluster is {cluster.Type}, the Deployment {request.Type}");
            return (cluster?.CloudProvider, cluster?.Region, cluster?.Id);
        }

        if (request.CloudProvider is not null && request.Region is not null)
            return (request.CloudProvider, request.Region, null);
        if (request.CloudProvider is not null || request.Region is not null)
            body.Refuse("required", request.Region is null ? "region" : "cloudProvider", "cloudProvider and region go together");
        else if (clusters is [var only])
            return (only.CloudProvider, only.Region, only.Id);
        else
            body.Refuse("required", "clusterId", "clusterId is required, or cloudProvider and region for a STANDARD Deployment");
        return default;
    }

    /// <summary>A default cluster serves the deployments of its own type, a default region those that need none.</summary>
    private static DeploymentRequest WithDefaults(DeploymentRequest request, Workspace workspace, AstroDirectory directory)
    {
        var cluster = directory.Cluster(workspace.OrganizationId, workspace.DefaultClusterId);
        return cluster is not null && (request.Type == "STANDARD" || cluster.Type == request.Type) ? request with { ClusterId = cluster.Id }
            : request.Type == "STANDARD" ? request with { CloudProvider = workspace.DefaultCloudProvider, Region = workspace.DefaultRegion }
            : request;
    }

    private static string NewNamespace() =>
        $"{s_adjectives[RandomNumberGenerator.GetInt32(s_adjectives.Length)]}-{s_nouns[RandomNumberGenerator.GetInt32(s_nouns.Length)]}"
        + $"-{RandomNumberGenerator.GetInt32(100_000_000):00000000}";
}
