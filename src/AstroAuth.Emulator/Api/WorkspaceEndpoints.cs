using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>Workspaces: list and get.</summary>
internal static class WorkspaceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/organizations/{organizationId}/workspaces", List);
        routes.MapGet("/v1/organizations/{organizationId}/workspaces/{workspaceId}", Get);
        WorkspaceChanges.Map(routes);
    }

    private static IResult List(HttpContext context, AstroDirectory directory, AccessRules rules)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        var ids = query.Many("workspaceIds");
        var names = query.Many("names");
        var page = query.Page(1000);
        var sorts = query.Sorts("name", "createdAt", "updatedAt");
        query.Done();

        var found = directory.Workspaces
            .Where(w => w.OrganizationId == organization.Id && rules.SeesWorkspace(context.Caller(), w)
                && (ids.Count == 0 || ids.Contains(w.Id)) && (names.Count == 0 || names.Contains(w.Name)))
            .ToList();
        var items = found.Sorted(sorts, static field => field switch
        {
            "name" => w => w.Name,
            "createdAt" => w => w.CreatedAt,
            _ => w => w.UpdatedAt,
        });
        return Answer.Json(new WorkspacesPage(items.Cut(page, w => WorkspaceView.Of(w, organization)), page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.WorkspacesPage);
    }

    private static IResult Get(HttpContext context, AstroDirectory directory, AccessRules rules)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var workspace = directory.Workspace(organization.Id, context.Route("workspaceId")) ?? throw ApiProblem.NotFound("Workspace");
        return rules.SeesWorkspace(context.Caller(), workspace)
            ? Answer.Json(WorkspaceView.Of(workspace, organization), EmulatorJson.Default.WorkspaceView)
            : throw ApiProblem.Forbidden("You have no role in this Workspace");
    }
}
