using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>Deployments: list and get.</summary>
internal static class DeploymentReads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/organizations/{organizationId}/deployments", List);
        routes.MapGet("/v1/organizations/{organizationId}/deployments/{deploymentId}", Get);
    }

    private static IResult List(HttpContext context, AstroDirectory directory, AccessRules rules, DeploymentLife life)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        var ids = query.Many("deploymentIds");
        var names = query.Many("names");
        var workspaceIds = query.Many("workspaceIds");
        var page = query.Page(maxLimit: null);
        var sorts = query.Sorts("name", "createdAt", "updatedAt");
        query.Done();

        var found = directory.Deployments
            .Where(d => d.OrganizationId == organization.Id && rules.SeesDeployment(context.Caller(), d)
                && (ids.Count == 0 || ids.Contains(d.Id)) && (names.Count == 0 || names.Contains(d.Name))
                && (workspaceIds.Count == 0 || workspaceIds.Contains(d.WorkspaceId)))
            .ToList();
        var items = found.Sorted(sorts, static field => field switch
        {
            "name" => d => d.Name,
            "createdAt" => d => d.CreatedAt,
            _ => d => d.UpdatedAt,
        });
        return Answer.Json(
            new DeploymentsPage(items.Cut(page, d => DeploymentView.Of(d, directory, life, context.Request)), page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.DeploymentsPage);
    }

    private static IResult Get(HttpContext context, AstroDirectory directory, AccessRules rules, DeploymentLife life)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var deployment = directory.Deployment(organization.Id, context.Route("deploymentId")) ?? throw ApiProblem.NotFound("Deployment");
        return rules.SeesDeployment(context.Caller(), deployment)
            ? Answer.Json(DeploymentView.Of(deployment, directory, life, context.Request), EmulatorJson.Default.DeploymentView)
            : throw ApiProblem.Forbidden("You have no role on this Deployment");
    }
}
