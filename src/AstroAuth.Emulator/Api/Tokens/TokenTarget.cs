using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Tokens;

/// <summary>The API token that a path names, if the caller may do to it what it asks.</summary>
internal static class TokenTarget
{
    public static ApiToken Find(HttpContext context, TokenStore tokens, Organization organization) =>
        tokens.Find(organization.Id, context.Route("tokenId")) ?? throw ApiProblem.NotFound("API token");

    /// <summary>Only the entity that owns a token decides about it.</summary>
    public static ApiToken Require(
        HttpContext context, TokenStore tokens, Organization organization, AccessRules rules, string action)
    {
        var token = Find(context, tokens, organization);
        return rules.OnTokensOf(context.Caller(), token.Scope, token.OwnerId, action)
            ? token
            : throw ApiProblem.Forbidden($"You may not {action} {token.Scope} API tokens here");
    }
}
