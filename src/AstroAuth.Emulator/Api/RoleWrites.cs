using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>Custom roles: create, update and delete, for the Organization Owner alone.</summary>
internal static class RoleWrites
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/organizations/{organizationId}/roles", Create);
        routes.MapPost("/v1/organizations/{organizationId}/roles/{roleId}", Update);
        routes.MapDelete("/v1/organizations/{organizationId}/roles/{roleId}", Delete);
    }

    private static async Task<IResult> Create(HttpContext context, AstroDirectory directory, TimeProvider clock)
    {
        var organization = context.Organization();
        RequireOwner(context, "create");
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var scope = body.Choice("scopeType", required: true, "DEPLOYMENT", "DAG");
        var wanted = Read(body, directory, organization.Id, scope);
        body.Done();

        var now = clock.GetUtcNow();
        var by = context.Caller().Profile;
        var role = new CustomRole(
            Cuid.New(), organization.Id, wanted.Name, wanted.Description ?? "", scope!, wanted.Permissions, wanted.Workspaces, now, by, now, by);
        return directory.Roles.TryAdd(role) ? Show(role) : throw NameTaken(role.Name);
    }

    private static async Task<IResult> Update(HttpContext context, AstroDirectory directory, TokenStore tokens, TimeProvider clock)
    {
        var organization = context.Organization();
        RequireOwner(context, "update");
        new RequestQuery(context).Done();
        var role = Find(context, directory, organization.Id);
        var body = await RequestBody.ReadAsync(context);
        var wanted = Read(body, directory, organization.Id, role.ScopeType);
        body.Done();

        var changed = role with
        {
            Name = wanted.Name, Description = wanted.Description ?? "", Permissions = wanted.Permissions, RestrictedWorkspaceIds = wanted.Workspaces,
            UpdatedAt = clock.GetUtcNow(), UpdatedBy = context.Caller().Profile,
        };
        if (!directory.Roles.TryReplace(changed))
            throw directory.Roles.Find(organization.Id, role.Id) is null ? ApiProblem.NotFound("Role") : NameTaken(changed.Name);
        if (changed.Name != role.Name)
            Rename(directory, tokens, role, changed.Name);
        return Show(changed);
    }

    private static async Task<IResult> Delete(HttpContext context, AstroDirectory directory, TokenStore tokens)
    {
        var organization = context.Organization();
        RequireOwner(context, "delete");
        new RequestQuery(context).Done();
        var role = Find(context, directory, organization.Id);
        await RequestBody.ExpectNoneAsync(context);
        var holders = tokens.Where(t => t.OrganizationId == organization.Id && Holds(t.Roles, role)).Count
            + directory.Users.Count(u => u.OrganizationId == organization.Id && Holds(u.Roles, role));
        if (holders > 0)
            throw ApiProblem.Invalid($"The role '{role.Name}' is still assigned to {holders} user(s) and API token(s)");
        directory.Roles.Remove(role.Id);
        return Results.NoContent();
    }

    private static (string Name, string? Description, IReadOnlyList<string> Permissions, IReadOnlyList<string> Workspaces) Read(
        RequestBody body, AstroDirectory directory, string organizationId, string? scope)
    {
        var name = body.Text("name", required: true, max: 256) ?? "";
        var description = body.Text("description");
        var permissions = body.Texts("permissions");
        var workspaces = body.Texts("restrictedWorkspaceIds");
        if (permissions.Count == 0)
            body.Refuse("min", "permissions", "permissions must have at least one entry");
        if (RoleCatalog.Defaults.Any(r => r.Name == name))
            body.Refuse("invalid", "name", $"'{name}' is the name of a built-in role");
        var offered = PermissionCatalog.Of(scope ?? "").ToHashSet(StringComparer.Ordinal);
        foreach (var (index, permission) in permissions.Index().Where(p => scope is not null && !offered.Contains(p.Item)))
            body.Refuse("invalid", $"permissions[{index}]", $"'{permission}' is not a permission of the scope {scope}");
        foreach (var (index, id) in workspaces.Index().Where(w => directory.Workspace(organizationId, w.Item) is null))
            body.Refuse("invalid", $"restrictedWorkspaceIds[{index}]", $"'{id}' is not a Workspace");
        return (name, description, permissions, workspaces);
    }

    // Who holds the role inside keeps it under its new name; what names it outside breaks.
    private static void Rename(AstroDirectory directory, TokenStore tokens, CustomRole role, string name)
    {
        directory.RenameRole(role.OrganizationId, role.Name, name);
        tokens.ChangeAll(t => t.OrganizationId == role.OrganizationId && Holds(t.Roles, role)
            ? t with { Roles = [.. t.Roles.Select(r => r.Role == role.Name ? r with { Role = name } : r)] }
            : t);
    }

    private static bool Holds(IReadOnlyList<RoleEntry> roles, CustomRole role) => roles.Any(r => r.Role == role.Name);

    private static CustomRole Find(HttpContext context, AstroDirectory directory, string organizationId) =>
        directory.Roles.Find(organizationId, context.Route("roleId")) ?? throw ApiProblem.NotFound("Role");

    private static ApiProblem NameTaken(string name) => ApiProblem.Invalid("unique", "name", $"there is a role named '{name}' already");

    private static void RequireOwner(HttpContext context, string action)
    {
        if (!AccessRules.IsOrganizationOwner(context.Caller()))
            throw ApiProblem.Forbidden($"You may not {action} roles of this Organization");
    }

    private static IResult Show(CustomRole role) => Answer.Json(RoleEndpoints.View(role, withPermissions: true), EmulatorJson.Default.RoleView);
}
