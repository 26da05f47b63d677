using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>A cluster as the API shows it.</summary>
internal sealed record ClusterView(
    string Id, string OrganizationId, string Name, string Type, string Status, string CloudProvider, string Region, string DbInstanceType,
    string VpcSubnetRange, string DrRegion, bool IsDrEnabled, bool IsLimited, IReadOnlyList<NodePool> NodePools,
    IReadOnlyList<string> WorkspaceIds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ClusterView Of(Cluster c) => new(
        c.Id, c.OrganizationId, c.Name, c.Type, "CREATED", c.CloudProvider, c.Region, "db.m6g.large", "172.20.0.0/20", "", false, false,
        c.NodePools, [], c.CreatedAt, c.CreatedAt);
}

/// <summary>A page of clusters.</summary>
internal sealed record ClustersPage(IReadOnlyList<ClusterView> Clusters, int Limit, int Offset, int TotalCount);

/// <summary>Clusters: list and get.</summary>
internal static class ClusterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/organizations/{organizationId}/clusters", List);
        routes.MapGet("/v1/organizations/{organizationId}/clusters/{clusterId}", Get);
    }

    private static IResult List(HttpContext context, AstroDirectory directory)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        var names = query.Many("names");
        var provider = query.Choice("provider", RuntimeCatalog.Clouds);
        var page = query.Page(1000);
        var sorts = query.Sorts("name", "createdAt", "updatedAt");
        query.Done();
        var found = directory.Clusters
            .Where(c => c.OrganizationId == organization.Id && (names.Count == 0 || names.Contains(c.Name))
                && (provider is null || c.CloudProvider == provider))
            .ToList();
        var items = found.Sorted(sorts, static field => field == "name" ? c => c.Name : c => c.CreatedAt);
        return Answer.Json(
            new ClustersPage(items.Cut(page, ClusterView.Of), page.Limit, page.Offset, found.Count), EmulatorJson.Default.ClustersPage);
    }

    private static IResult Get(HttpContext context, AstroDirectory directory)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var cluster = directory.Cluster(organization.Id, context.Route("clusterId")) ?? throw ApiProblem.NotFound("Cluster");
        return Answer.Json(ClusterView.Of(cluster), EmulatorJson.Default.ClusterView);
    }
}
