using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>The signed-in user and the organization's users.</summary>
internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/users/self", Self);
        routes.MapGet("/v1/organizations/{organizationId}/users", List);
        routes.MapGet("/v1/organizations/{organizationId}/users/{userId}", Get);
    }

    private static IResult Self(HttpContext context)
    {
        var query = new RequestQuery(context);
        query.Flag("createIfNotExist");
        query.Done();
        var user = context.Caller().User ?? throw ApiProblem.Invalid("Only a user has a self; this is a token");
        return Answer.Json(new SelfView(
            user.Id, user.Email, user.FullName, user.Status, user.AvatarUrl, user.OrganizationId is { Length: > 0 } own ? own : null,
            [.. user.Roles.Select(r => new SelfRole(r.Role, new(r.EntityType, r.EntityId, r.DeploymentId)))],
            user.Invitations.Count == 0 ? null : [.. user.Invitations.Select(i => new SelfInvite(i.Id, i.OrganizationId, i.ExpiresAt))],
            user.CreatedAt, user.CreatedAt), EmulatorJson.Default.SelfView);
    }

    private static IResult List(HttpContext context, AstroDirectory directory)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        var workspaceId = query.Text("workspaceId");
        var deploymentId = query.Text("deploymentId");
        var dagId = query.Text("dagId");
        var dagTags = query.Many("dagTags");
        var page = query.Page(1000);
        var sorts = query.Sorts("id", "username", "fullName", "createdAt", "updatedAt");
        query.Done();

        var found = directory.Users
            .Where(u => u.OrganizationId == organization.Id && u.Status == "ACTIVE"
                && RoleFilter.Matches(u.Roles, workspaceId, deploymentId, dagId, dagTags))
            .ToList();
        var items = found.Sorted(sorts, static field => field switch
        {
            "id" => u => u.Id,
            "username" => u => u.Email,
            "fullName" => u => u.FullName,
            _ => u => u.CreatedAt,
        });
        return Answer.Json(new UsersPage(items.Cut(page, UserView.Of), page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.UsersPage);
    }

    private static IResult Get(HttpContext context, AstroDirectory directory)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var id = context.Route("userId");
        // Who has left the organization is in no list and cannot be read; only old objects still name them.
        var user = directory.Users.FirstOrDefault(u => u.Id == id && u.OrganizationId == organization.Id && u.Status == "ACTIVE")
            ?? throw ApiProblem.NotFound("User");
        return Answer.Json(UserView.Of(user), EmulatorJson.Default.UserView);
    }
}
