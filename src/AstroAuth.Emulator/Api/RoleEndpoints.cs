using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>Roles, their templates and the permissions they are made of.</summary>
internal static class RoleEndpoints
{
    private static readonly string[] s_scopes = ["DEPLOYMENT", "WORKSPACE", "ORGANIZATION", "DAG"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/organizations/{organizationId}/roles", List);
        routes.MapGet("/v1/organizations/{organizationId}/roles/{roleId}", Get);
        routes.MapGet("/v1/organizations/{organizationId}/role-templates", Templates);
        routes.MapGet("/v1/authorization/permission-groups", Groups);
    }

    private static IResult List(HttpContext context, AstroDirectory directory)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        var withDefaults = query.Flag("includeDefaultRoles");
        var scopes = query.Choices("scopeTypes", s_scopes);
        var page = query.Page(maxLimit: null);
        var sorts = query.Sorts("name", "scopeType", "description", "createdAt", "updatedAt");
        query.Done();

        var found = directory.Roles.Of(organization.Id)
            .Where(r => scopes.Count == 0 || scopes.Contains(r.ScopeType))
            .ToList();
        var items = found.Sorted(sorts, static field => field switch
        {
            "name" => r => r.Name,
            "scopeType" => r => r.ScopeType,
            "description" => r => r.Description,
            "createdAt" => r => r.CreatedAt,
            _ => r => r.UpdatedAt,
        });
        IReadOnlyList<RoleDefinition>? defaults = withDefaults
            ? [.. RoleCatalog.Defaults.Where(r => scopes.Count == 0 || scopes.Contains(r.ScopeType))]
            : null;
        return Answer.Json(
            new RolesPage(items.Cut(page, r => View(r, withPermissions: false)), defaults, page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.RolesPage);
    }

    private static IResult Get(HttpContext context, AstroDirectory directory)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var id = context.Route("roleId");
        var role = directory.Roles.Find(organization.Id, id)
            ?? throw ApiProblem.NotFound("Role");
        return Answer.Json(View(role, withPermissions: true), EmulatorJson.Default.RoleView);
    }

    private static IResult Templates(HttpContext context)
    {
        context.Organization();
        var query = new RequestQuery(context);
        var scopes = query.Choices("scopeTypes", s_scopes);
        query.Done();
        IReadOnlyList<RoleDefinition> found = [.. RoleCatalog.Templates.Where(t => scopes.Count == 0 || scopes.Contains(t.ScopeType))];
        return Answer.Json(found, EmulatorJson.Default.IReadOnlyListRoleDefinition);
    }

    private static IResult Groups(HttpContext context)
    {
        var query = new RequestQuery(context);
        var scope = query.Choice("scopeType", s_scopes);
        query.Done();
        IReadOnlyList<PermissionGroup> found = [.. PermissionCatalog.Groups.Where(g => scope is null || g.Scope == scope)];
        return Answer.Json(found, EmulatorJson.Default.IReadOnlyListPermissionGroup);
    }

    /// <summary>A role as the API shows it; lists leave the permissions out.</summary>
    public static RoleView View(CustomRole r, bool withPermissions) => new(
        r.Id, r.Name, r.Description, r.ScopeType, r.RestrictedWorkspaceIds, withPermissions ? r.Permissions : null, r.CreatedAt, r.UpdatedAt,
        r.CreatedBy, r.UpdatedBy);
}
