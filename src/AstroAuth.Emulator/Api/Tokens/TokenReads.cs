using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Tokens;

/// <summary>API tokens: list and get.</summary>
internal static class TokenReads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/organizations/{organizationId}/tokens", List);
        routes.MapGet("/v1/organizations/{organizationId}/tokens/{tokenId}", Get);
    }

    private static IResult List(HttpContext context, TokenStore tokens, AstroDirectory directory, AccessRules rules)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        var workspaceId = query.Text("workspaceId");
        var deploymentId = query.Text("deploymentId");
        var dagId = query.Text("dagId");
        var dagTags = query.Many("dagTags");
        var organizationOnly = query.Flag("includeOnlyOrganizationTokens");
        var kind = query.Choice("kind", "STANDARD", "DIRECT_ACCESS");
        var page = query.Page(1000);
        var sorts = query.Sorts("name", "description", "createdAt", "updatedAt", "tokenStartAt");
        query.Done();
        CheckListing(context.Caller(), organization, workspaceId, deploymentId, directory, rules);

        var found = tokens.Where(t => t.OrganizationId == organization.Id && !t.IsAgent
            && (!organizationOnly || t.Scope == "ORGANIZATION")
            && (kind is null || t.Kind == kind)
            && RoleFilter.Matches(t.Roles, workspaceId, deploymentId, dagId, dagTags));
        var items = found.Sorted(sorts, static field => field switch
        {
            "name" => t => t.Name,
            "description" => t => t.Description,
            "createdAt" => t => t.CreatedAt,
            "updatedAt" => t => t.UpdatedAt,
            _ => t => t.StartAt,
        });
        return Answer.Json(
            new ApiTokensPage(items.Cut(page, t => ApiTokenView.Of(t)), page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.ApiTokensPage);
    }

    private static IResult Get(HttpContext context, TokenStore tokens, AccessRules rules)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var token = TokenTarget.Require(context, tokens, organization, rules, "get");
        return Answer.Json(ApiTokenView.Of(token), EmulatorJson.Default.ApiTokenView);
    }

    /// <summary>A whole organization's tokens are the owner's to see; below that, those of an entity one may look into.</summary>
    private static void CheckListing(
        Caller caller, Organization organization, string? workspaceId, string? deploymentId, AstroDirectory directory, AccessRules rules)
    {
        if (workspaceId is not null && directory.Workspace(organization.Id, workspaceId) is null)
            throw ApiProblem.NotFound("Workspace");
        if (deploymentId is not null && directory.Deployment(organization.Id, deploymentId) is null)
            throw ApiProblem.NotFound("Deployment");
        var allowed = workspaceId is null && deploymentId is null
            ? AccessRules.IsOrganizationOwner(caller)
            : (workspaceId is null || rules.OnTokensOf(caller, "WORKSPACE", workspaceId, "get"))
                && (deploymentId is null || rules.OnTokensOf(caller, "DEPLOYMENT", deploymentId, "get"));
        if (!allowed)
            throw ApiProblem.Forbidden("You may not list these API tokens");
    }
}
