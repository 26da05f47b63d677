using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Tokens;

/// <summary>API tokens: update, rotate and delete.</summary>
internal static class TokenChanges
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/organizations/{organizationId}/tokens/{tokenId}", Update);
        routes.MapPost("/v1/organizations/{organizationId}/tokens/{tokenId}/rotate", Rotate);
        routes.MapDelete("/v1/organizations/{organizationId}/tokens/{tokenId}", Delete);
    }

    private static async Task<IResult> Update(HttpContext context, TokenStore tokens, AccessRules rules, TimeProvider clock)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var token = TokenTarget.Require(context, tokens, organization, rules, "update");
        var body = await RequestBody.ReadAsync(context);
        var name = body.Text("name", required: true, max: 256);
        var description = body.Text("description", max: 500);
        body.Done();

        var changed = tokens.Change(token.Id, t => t with
        {
            Name = name!,
            Description = description ?? t.Description,
            UpdatedAt = clock.GetUtcNow(),
            UpdatedBy = context.Caller().Profile,
        }) ?? throw ApiProblem.NotFound("API token");
        return Answer.Json(ApiTokenView.Of(changed), EmulatorJson.Default.ApiTokenView);
    }

    private static async Task<IResult> Rotate(
        HttpContext context, TokenStore tokens, AccessRules rules, TokenMint mint, TimeProvider clock)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var token = TokenTarget.Require(context, tokens, organization, rules, "rotate");
        await RequestBody.ExpectNoneAsync(context);

        string? newValue = null;
        var rotated = tokens.Rotate(token.Id, t =>
        {
            var now = clock.GetUtcNow();
            // A token with a period starts it anew; one that was minted with an odd end keeps its length.
            var length = t.ExpiryPeriodInDays is { } days ? TimeSpan.FromDays(days) : t.EndAt - t.StartAt;
            t = t with
            {
                StartAt = now, EndAt = now + length, LastRotatedAt = now, UpdatedAt = now, UpdatedBy = context.Caller().Profile,
            };
            (newValue, var shortToken) = mint.ApiTokenValue(t);
            return (t with { ShortToken = shortToken }, newValue);
        }) ?? throw ApiProblem.NotFound("API token");
        return Answer.Json(ApiTokenView.Of(rotated, newValue), EmulatorJson.Default.ApiTokenView);
    }

    private static async Task<IResult> Delete(HttpContext context, TokenStore tokens, AccessRules rules)
    {
        var organization = context.Organization();
        new RequestQuery(context).Done();
        var token = TokenTarget.Require(context, tokens, organization, rules, "delete");
        await RequestBody.ExpectNoneAsync(context);
        return tokens.Delete(token.Id) ? Results.NoContent() : throw ApiProblem.NotFound("API token");
    }
}
