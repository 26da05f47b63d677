using AstroAuth.Emulator.Store;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AstroAuth.Emulator.Access;

/// <summary>Decides who a bearer value is. Nothing is cached: a value that has died is dead for the next request.</summary>
internal sealed class BearerGate(TokenStore tokens, AstroDirectory directory, SigningKeys keys, TimeProvider clock)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public static string? ValueOf(string? authorization) =>
        authorization is not null && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && authorization["Bearer ".Length..].Trim() is { Length: > 0 } value ? value : null;

    /// <summary>The gate of /v1: the value must have been issued for Astro's API.</summary>
    public Task<GateAnswer> CheckAsync(string? authorization, bool recordUse) =>
        CheckAsync(authorization, recordUse, TokenMint.Audience);

    public async Task<GateAnswer> CheckAsync(string? authorization, bool recordUse, string audience)
    {
        if (ValueOf(authorization) is not { } value)
            return new(null, "there is no bearer token in the Authorization header");

        var now = clock.GetUtcNow();
        var (fate, token, id) = tokens.Look(value, now, recordUse);
        return fate switch
        {
            ValueFate.Rotated => new(null, "this value of the API token was replaced by a rotation", id),
            ValueFate.Deleted => new(null, "the API token was deleted", id),
            ValueFate.Live when token!.StartAt > now => new(null, "the API token is not valid yet", id),
            ValueFate.Live when token!.EndAt <= now => new(null, "the API token has expired", id),
            ValueFate.Live => new(
                new Caller(KindOf(token!), token!.Id, token.OrganizationId, token.Roles, token.Profile), null, id),
            _ => await CheckJwtAsync(value, audience),
        };
    }

    /// <summary>A word for the request log; never the value.</summary>
    public string KindOf(string authorization)
    {
        if (ValueOf(authorization) is not { } value)
            return authorization.Split(' ')[0];
        var (fate, token, _) = tokens.Look(value, default, recordUse: false);
        if (fate != ValueFate.Unknown)
            return "Bearer " + (token is null ? "dead API token" : token.IsAgent ? "agent token" : $"{token.Scope} API token");
        return ReadOrNull(value) is not { } jwt ? "Bearer unknown"
            : jwt.TryGetPayloadValue<string>("apiTokenId", out _) ? "Bearer unknown API token"
            : jwt.TryGetPayloadValue<string>("gty", out _) ? "Bearer deployment key token"
            : "Bearer user token";
    }

    private static CallerKind KindOf(ApiToken token) =>
        token.IsAgent ? CallerKind.AgentToken : token.Kind == "DIRECT_ACCESS" ? CallerKind.DirectToken : CallerKind.ApiToken;

    private JsonWebToken? ReadOrNull(string value)
    {
        try
        {
            return _handler.ReadJsonWebToken(value);
        }
        catch (ArgumentException)
        {
            // Anything may stand in a header; only its kind is asked for.
            return null;
        }
    }

    private async Task<GateAnswer> CheckJwtAsync(string value, string audience)
    {
        var result = await _handler.ValidateTokenAsync(value, new TokenValidationParameters
        {
            IssuerSigningKey = keys.Key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidAudience = audience,
            // One emulator answers at several addresses, and each is an issuer; the key is what proves the origin.
            ValidateIssuer = false,
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid)
            return new(null, result.Exception switch
            {
                SecurityTokenInvalidLifetimeException => "the token has expired",
                SecurityTokenInvalidAudienceException => "the token was issued for another audience",
                _ => "the token is malformed or was not issued here",
            });

        var jwt = (JsonWebToken)result.SecurityToken;
        if (jwt.TryGetPayloadValue<string>("gty", out _))
        {
            var key = directory.LegacyKey;
            if (directory.Deployments.FirstOrDefault(d => d.Id == key.DeploymentId) is not { } deployment)
                return new(null, "the Deployment of the key was deleted");
            return new(new Caller(
                CallerKind.DeploymentKey, key.Id, deployment.OrganizationId,
                [new("DEPLOYMENT", deployment.Id, "DEPLOYMENT_ADMIN")], new Subject(key.Id, "SERVICEKEY")), null);
        }

        // An API token's JWT is only good as long as the store knows it, whatever its signature says.
        if (jwt.TryGetPayloadValue<string>("apiTokenId", out _) || directory.UserByLogin(jwt.Subject) is not { } user)
            return new(null, "the token is unknown");
        return user.Status == "ACTIVE"
            ? new(new Caller(CallerKind.User, user.Id, user.OrganizationId, user.Roles, user.Profile, user), null)
            : new(null, "the user is not active");
    }
}
