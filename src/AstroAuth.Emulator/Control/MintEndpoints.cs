using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Api.Tokens;
using AstroAuth.Emulator.Hosting;
using AstroAuth.Emulator.Login;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Control;

/// <summary>A bearer value made for a test.</summary>
internal sealed record MintedToken(string? Id, string Value);

/// <summary>Makes API tokens and user tokens without a login, also ones that the API itself would never make.</summary>
internal static class MintEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ControlApi.Root + "/tokens", MintAsync);
        routes.MapPost(ControlApi.Root + "/user-tokens", MintUserAsync);
    }

    private static async Task<IResult> MintAsync(
        HttpContext context, TokenStore tokens, AstroDirectory directory, TokenMint mint, TimeProvider clock)
    {
        var body = await RequestBody.ReadAsync(context);
        var scope = body.Choice("scope", required: true, "DEPLOYMENT", "WORKSPACE", "ORGANIZATION");
        var entityId = body.Text("entityId");
        var role = body.Text("role");
        var roles = body.Objects("roles", r => new RoleEntry(
            r.Text("entityType", required: true) ?? "", r.Text("entityId", required: true) ?? "", r.Text("role", required: true) ?? "",
            r.Text("deploymentId")));
        var name = body.Text("name") ?? "minted token";
        var days = body.Number("expiresInDays");
        var seconds = body.Number("expiresInSeconds");
        var never = body.Flag("neverExpires") ?? false;
        var notBefore = body.Number("notBeforeSeconds") ?? 0;
        var omitted = body.Texts("omitPermissions");
        var kind = body.Choice("kind", required: false, "STANDARD", "DIRECT_ACCESS") ?? "STANDARD";
        body.Done();

        var own = roles.FirstOrDefault(r => r.EntityType == scope) ?? new RoleEntry(
            scope!, entityId ?? DefaultOwner(directory, scope!), role ?? DefaultRole(scope!));
        RoleRules.RequireEntity(directory, directory.Home.Id, own);
        var now = clock.GetUtcNow();
        var start = now.AddSeconds(notBefore);
        var creator = directory.Users[0].Profile;
        var token = new ApiToken
        {
            Id = Cuid.New(), OrganizationId = directory.Home.Id, Name = name, Scope = scope!, Kind = kind, StartAt = start,
            EndAt = never ? null : seconds is { } s ? now.AddSeconds(s) : start.AddDays(days ?? DefaultDays),
            ExpiryPeriodInDays = never || seconds is not null ? null : days ?? DefaultDays,
            CreatedAt = now, UpdatedAt = now, Roles = roles.Count > 0 ? [own, .. roles.Where(r => r != own)] : [own],
            CreatedBy = creator, UpdatedBy = creator,
        };
        var (value, shortToken) = mint.ApiTokenValue(token, omitted);
        tokens.Add(token with { ShortToken = shortToken }, value);
        return Answer.Json(new MintedToken(token.Id, value), EmulatorJson.Default.MintedToken);
    }

    private static async Task<IResult> MintUserAsync(
        HttpContext context, AstroDirectory directory, TokenMint mint, EmulatorSettings settings)
    {
        var body = await RequestBody.ReadAsync(context);
        var email = body.Text("email", required: true);
        var seconds = body.Number("lifetimeSeconds") ?? settings.AccessTokenLifetimeSeconds;
        body.Done();
        var user = directory.UserByEmail(email!) ?? throw ApiProblem.NotFound("User");
        var value = mint.UserValue(
            user, AuthConfigEndpoint.Issuer(context), AuthConfigEndpoint.ClientId, TokenMint.Audience,
            "openid profile email offline_access", TimeSpan.FromSeconds(seconds));
        return Answer.Json(new MintedToken(null, value), EmulatorJson.Default.MintedToken);
    }

    private const int DefaultDays = 30;

    private static string DefaultOwner(AstroDirectory directory, string scope) => scope switch
    {
        "ORGANIZATION" => directory.Home.Id,
        "WORKSPACE" => directory.Workspaces[0].Id,
        _ => directory.Deployments[0].Id,
    };

    private static string DefaultRole(string scope) => scope == "DEPLOYMENT" ? "DEPLOYMENT_ADMIN" : scope + "_OWNER";
}
