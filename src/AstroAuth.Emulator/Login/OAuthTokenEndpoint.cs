using System.Security.Claims;
using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AstroAuth.Emulator.Login;

/// <summary>The token endpoint, after OpenIddict has checked the client, the code, the verifier or the refresh token.</summary>
internal static class OAuthTokenEndpoint
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/oauth/token", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext context, AstroDirectory directory)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
            return Exchange(request);

        var login = await context.AuthenticateAsync(Scheme);
        return login.Principal is { } principal
            && directory.UserByLogin(principal.GetClaim(Claims.Subject)!) is { Status: "ACTIVE" }
            ? Results.SignIn(principal, null, Scheme)
            : AuthorizeEndpoint.Refuse(Errors.InvalidGrant, "The user is unknown or no longer active.");
    }

    private static IResult Exchange(OpenIddictRequest request)
    {
        var audience = (string?)request[ParameterGuard.LiftedAudience];
        if (audience != TokenMint.Audience)
            return AuthorizeEndpoint.Refuse(Errors.AccessDenied, $"Service not found: {audience ?? "no audience was given"}");
        var identity = new ClaimsIdentity("key", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, request.ClientId);
        return Results.SignIn(new ClaimsPrincipal(identity), null, Scheme);
    }
}
