using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Tokens;

/// <summary>API tokens: create.</summary>
internal static class TokenCreation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/organizations/{organizationId}/tokens", Create);

    private static async Task<IResult> Create(
        HttpContext context, TokenStore tokens, AstroDirectory directory, AccessRules rules, TokenMint mint, TimeProvider clock)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var name = body.Text("name", required: true, max: 256);
        var description = body.Text("description") ?? "";
        var scope = body.Choice("scope", required: true, "DEPLOYMENT", "WORKSPACE", "ORGANIZATION");
        var kind = body.Choice("kind", required: false, "STANDARD", "DIRECT_ACCESS") ?? "STANDARD";
        var entityId = body.Text("entityId");
        var role = body.Text("role", required: true);
        var days = body.Number("tokenExpiryPeriodInDays", 1, 3650);
        if (scope is "WORKSPACE" or "DEPLOYMENT" && string.IsNullOrEmpty(entityId))
            body.Refuse("required", "entityId", $"entityId is required for the scope {scope}");
        if (scope is "ORGANIZATION" && entityId is not null)
            body.Refuse("excluded", "entityId", "entityId must be left out for the scope ORGANIZATION");
        if (scope is not null and not "DEPLOYMENT" && kind == "DIRECT_ACCESS")
            body.Refuse("invalid", "kind", "the kind DIRECT_ACCESS is for the scope DEPLOYMENT only");
        if (scope is not null && !string.IsNullOrEmpty(role) && !RoleRules.IsRole(directory, organization.Id, scope, role))
            body.Refuse("invalid", "role", $"'{role}' is not a role of the scope {scope}");
        var owner = new RoleEntry(scope ?? "", entityId ?? organization.Id, role ?? "");
        RoleRules.CheckRestriction(body, directory, organization.Id, owner, "role");
        body.Done();

        RoleRules.RequireEntity(directory, organization.Id, owner);
        var caller = context.Caller();
        if (!rules.OnTokensOf(caller, scope!, owner.EntityId, "create"))
            throw ApiProblem.Forbidden($"You may not create {scope} API tokens here");
        if (scope == "WORKSPACE" && !AccessRules.MayGrantWorkspaceRole(caller, owner.EntityId, role!))
            throw ApiProblem.Forbidden($"You may not grant {role}, which is more than your own role");

        var now = clock.GetUtcNow();
        var token = new ApiToken
        {
            Id = Cuid.New(), OrganizationId = organization.Id, Name = name!, Description = description, Scope = scope!, Kind = kind,
            StartAt = now, EndAt = days is null ? null : now.AddDays(days.Value), ExpiryPeriodInDays = days,
            CreatedAt = now, UpdatedAt = now, Roles = [owner], CreatedBy = caller.Profile, UpdatedBy = caller.Profile,
        };
        var (value, shortToken) = mint.ApiTokenValue(token);
        token = token with { ShortToken = shortToken };
        tokens.Add(token, value);
        return Answer.Json(ApiTokenView.Of(token, value), EmulatorJson.Default.ApiTokenView);
    }
}
