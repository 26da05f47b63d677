using AstroAuth.Emulator.Hosting;
using AstroAuth.Emulator.Store;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AstroAuth.Emulator.Access;

/// <summary>Makes bearer values: JWTs with the claims that Astro's own have.</summary>
internal sealed class TokenMint(SigningKeys keys, TimeProvider clock, EmulatorAddresses addresses, AstroDirectory directory)
{
    public const string Audience = "astronomer-ee";
    public const string DeploymentKeyGrant = "client-credentials";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A new value for an API token, and the fragment of it that may be shown.</summary>
    public (string Value, string ShortToken) ApiTokenValue(ApiToken token, IReadOnlyCollection<string>? omitPermissions = null)
    {
        var permissions = Permissions(token)
            .Where(p => omitPermissions is null || !omitPermissions.Contains(p[..p.IndexOf(':', StringComparison.Ordinal)]));
        var claims = new Dictionary<string, object>
        {
            ["sub"] = "apiToken|" + token.Id,
            ["jti"] = Cuid.New(),
            ["org_id"] = directory.Organization(token.OrganizationId)!.AuthId,
            ["scope"] = "apiToken",
            ["permissions"] = permissions.ToList(),
            ["version"] = "1.0",
            ["isAstronomerGenerated"] = true,
            ["kid"] = keys.Key.KeyId,
            ["apiTokenId"] = token.Id,
            ["aud"] = Audience,
        };
        var value = Sign(addresses.Issuer, claims, token.StartAt, token.StartAt, token.EndAt);
        return (value, $"{value[..6]}...{value[^4..]}");
    }

    /// <summary>An access token for a person: permissions are there, and empty.</summary>
    public string UserValue(User user, string issuer, string clientId, string? audience, string scope, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        var userInfo = issuer + "userinfo";
        return Sign(issuer, new()
        {
            ["sub"] = user.LoginId,
            ["jti"] = Cuid.New(),
            ["aud"] = audience is null ? new List<string> { userInfo } : [audience, userInfo],
            ["azp"] = clientId,
            ["scope"] = scope,
            ["permissions"] = new List<string>(),
        }, now, null, now + lifetime);
    }

    /// <summary>What a Deployment key is exchanged for.</summary>
    public string DeploymentKeyValue(LegacyKey key, string issuer, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        return Sign(issuer, new()
        {
            ["sub"] = key.Id + "@clients",
            ["jti"] = Cuid.New(),
            ["aud"] = Audience,
            ["azp"] = key.Id,
            ["gty"] = DeploymentKeyGrant,
        }, now, null, now + lifetime);
    }

    private IEnumerable<string> Permissions(ApiToken token)
    {
        var deployment = token.Scope == "DEPLOYMENT" ? directory.Deployment(token.OrganizationId, token.OwnerId) : null;
        if (token.Scope != "ORGANIZATION")
            yield return "workspaceId:" + (deployment?.WorkspaceId ?? token.OwnerId);
        yield return "organizationId:" + token.OrganizationId;
        if (deployment is not null)
            yield return "deploymentId:" + deployment.Id;
    }

    private string Sign(
        string issuer, Dictionary<string, object> claims, DateTimeOffset issuedAt, DateTimeOffset? notBefore, DateTimeOffset? expires) =>
        _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Claims = claims,
            IssuedAt = issuedAt.UtcDateTime,
            NotBefore = notBefore?.UtcDateTime,
            Expires = expires?.UtcDateTime,
            SigningCredentials = keys.Credentials,
        });
}
