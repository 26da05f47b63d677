using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Tokens;

/// <summary>API tokens: replace the roles.</summary>
internal static class TokenRoles
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/organizations/{organizationId}/tokens/{tokenId}/roles", Replace);

    private static async Task<IResult> Replace(
        HttpContext context, TokenStore tokens, AstroDirectory directory, AccessRules rules, TimeProvider clock)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var token = TokenTarget.Find(context, tokens, organization);
        var body = await RequestBody.ReadAsync(context);
        var roles = body.Objects("roles", item => new RoleEntry(
            item.Choice("entityType", required: true, "DEPLOYMENT", "WORKSPACE", "ORGANIZATION", "DAG", "DAG_TAG") ?? "",
            item.Text("entityId", required: true) ?? "",
            item.Text("role", required: true) ?? "",
            item.Text("deploymentId")));
        RoleRules.Check(body, directory, token, roles);
        body.Done();

        foreach (var entry in roles)
            RoleRules.RequireEntity(directory, organization.Id, entry);
        CheckRights(context.Caller(), token, roles, rules);
        var changed = tokens.Change(token.Id, t => t with
        {
            Roles = roles, UpdatedAt = clock.GetUtcNow(), UpdatedBy = context.Caller().Profile,
        }) ?? throw ApiProblem.NotFound("API token");
        return Answer.Json(SubjectRoles.Of(changed.Roles), EmulatorJson.Default.SubjectRoles);
    }

    /// <summary>The owner may change all; who only manages a lower entity may add or remove that entity's roles and nothing else.</summary>
    private static void CheckRights(Caller caller, ApiToken token, IReadOnlyList<RoleEntry> roles, AccessRules rules)
    {
        var touched = roles.Except(token.Roles).Concat(token.Roles.Except(roles)).ToList();
        var owns = rules.OnTokensOf(caller, token.Scope, token.OwnerId, "update");
        var manages = touched.Count > 0 && touched.All(r => r.EntityType switch
        {
            "ORGANIZATION" => false,
            "WORKSPACE" => rules.OnTokensOf(caller, "WORKSPACE", r.EntityId, "update"),
            _ => rules.OnTokensOf(caller, "DEPLOYMENT", r.DeploymentId ?? r.EntityId, "update"),
        });
        if (!owns && !manages)
            throw ApiProblem.Forbidden("You may not change these roles of the API token");
        if (roles.Except(token.Roles).Any(r =>
            r.EntityType == "WORKSPACE" && !AccessRules.MayGrantWorkspaceRole(caller, r.EntityId, r.Role)))
            throw ApiProblem.Forbidden("You may not grant a role that is more than your own");
    }
}
