using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>Workspaces: create, update and delete.</summary>
internal static class WorkspaceChanges
{
    private const int LongestName = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/organizations/{organizationId}/workspaces", Create);
        routes.MapPost("/v1/organizations/{organizationId}/workspaces/{workspaceId}", Update);
        routes.MapDelete("/v1/organizations/{organizationId}/workspaces/{workspaceId}", Delete);
    }

    private static async Task<IResult> Create(HttpContext context, AstroDirectory directory, TimeProvider clock)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var name = body.Text("name", required: true, max: LongestName);
        var description = body.Text("description") ?? "";
        var enforced = body.Flag("cicdEnforcedDefault") ?? false;
        var place = ReadDefaultPlace(body);
        body.Done();
        if (!AccessRules.IsOrganizationOwner(context.Caller()))
            throw ApiProblem.Forbidden("You may not create Workspaces in this Organization");

        var workspace = new Workspace(Cuid.New(), organization.Id, name!, description, enforced, clock.GetUtcNow(), context.Caller().Profile)
        {
            DefaultClusterId = place.ClusterId, DefaultCloudProvider = place.CloudProvider, DefaultRegion = place.Region,
        };
        directory.WorkspaceStore.Add(workspace);
        return Show(workspace, organization);
    }

    // A full replace: the defaults that are left out are gone.
    private static async Task<IResult> Update(HttpContext context, AstroDirectory directory, TimeProvider clock)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var workspace = Require(context, directory, organization, "workspace.update");
        var body = await RequestBody.ReadAsync(context);
        var name = body.Text("name", required: true, max: LongestName);
        var description = body.Text("description");
        var enforced = body.Flag("cicdEnforcedDefault");
        var place = ReadDefaultPlace(body);
        if (description is null)
            body.Refuse("required", "description", "description is required");
        if (enforced is null)
            body.Refuse("required", "cicdEnforcedDefault", "cicdEnforcedDefault is required");
        body.Done();

        var changed = directory.WorkspaceStore.Change(workspace.Id, w => w with
        {
            Name = name!, Description = description!, CicdEnforcedDefault = enforced!.Value, DefaultClusterId = place.ClusterId,
            DefaultCloudProvider = place.CloudProvider, DefaultRegion = place.Region, UpdatedAt = clock.GetUtcNow(),
            UpdatedBy = context.Caller().Profile,
        }) ?? throw ApiProblem.NotFound("Workspace");
        return Show(changed, organization);
    }

    // Its API tokens die with it.
    private static async Task<IResult> Delete(HttpContext context, AstroDirectory directory, TokenStore tokens)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var workspace = Require(context, directory, organization, "workspace.delete");
        await RequestBody.ExpectNoneAsync(context);
        if (directory.Deployments.Any(d => d.WorkspaceId == workspace.Id))
            throw ApiProblem.Invalid("The Workspace still has Deployments; delete them first");
        if (!directory.WorkspaceStore.Delete(workspace.Id))
            throw ApiProblem.NotFound("Workspace");
        foreach (var token in tokens.Where(t => t.Scope == "WORKSPACE" && t.Roles.Any(r => r.EntityType == "WORKSPACE" && r.EntityId == workspace.Id)))
            tokens.Delete(token.Id);
        return Results.NoContent();
    }

    private static Workspace Require(HttpContext context, AstroDirectory directory, Organization organization, string permission)
    {
        var workspace = directory.Workspace(organization.Id, context.Route("workspaceId")) ?? throw ApiProblem.NotFound("Workspace");
        return AccessRules.OnWorkspace(context.Caller(), workspace.Id, permission)
            ? workspace
            : throw ApiProblem.Forbidden($"You have no permission {permission} on this Workspace");
    }

    private static (string? ClusterId, string? CloudProvider, string? Region) ReadDefaultPlace(RequestBody body)
    {
        var cluster = body.Text("defaultClusterId");
        var cloud = body.Choice("defaultCloudProvider", required: false, "AWS", "AZURE", "GCP");
        var region = body.Text("defaultRegion");
        if (cloud is null != region is null)
            body.Refuse("required", "defaultRegion", "defaultCloudProvider and defaultRegion go together");
        if (cluster is not null && (cloud is not null || region is not null))
            body.Refuse("excluded", "defaultClusterId", "defaultClusterId goes without defaultCloudProvider and defaultRegion");
        return (cluster, cloud, region);
    }

    private static IResult Show(Workspace workspace, Organization organization) =>
        Answer.Json(WorkspaceView.Of(workspace, organization), EmulatorJson.Default.WorkspaceView);
}
