using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Hosting;
using AstroAuth.Emulator.Store;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AstroAuth.Emulator.Login;

/// <summary>Puts an access token of Astro's form where OpenIddict has made one of its own.</summary>
internal sealed class AccessTokenShape(TokenMint mint, AstroDirectory directory) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is not TokenTypeIdentifiers.AccessToken and not TokenTypeHints.AccessToken)
            return default;
        var issuer = context.BaseUri!.AbsoluteUri;
        var lifetime = context.Principal.GetExpirationDate()!.Value - context.Principal.GetCreationDate()!.Value;
        var subject = context.Principal.GetClaim(Claims.Subject)!;
        context.Token = directory.UserByLogin(subject) is { } user
            ? mint.UserValue(
                user, issuer, context.ClientId ?? AuthConfigEndpoint.ClientId, context.Principal.GetClaim(AuthorizeEndpoint.AudienceClaim),
                string.Join(' ', context.Principal.GetScopes()), lifetime)
            : mint.DeploymentKeyValue(directory.LegacyKey, issuer, lifetime);
        return default;
    }
}

/// <summary>Gives every sign-in the lifetime that the settings ask for now.</summary>
internal sealed class AccessTokenLifetime(EmulatorSettings settings)
    : IOpenIddictServerHandler<ProcessSignInContext>, IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        context.Principal?.SetAccessTokenLifetime(TimeSpan.FromSeconds(settings.AccessTokenLifetimeSeconds));
        return default;
    }

    /// <summary>OpenIddict counts from the moment of writing and so loses a second.</summary>
    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Response.AccessToken is not null)
            context.Response.ExpiresIn = settings.AccessTokenLifetimeSeconds;
        return default;
    }
}
