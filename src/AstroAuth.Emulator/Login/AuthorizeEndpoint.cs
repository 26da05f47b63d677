using System.Security.Claims;
using AstroAuth.Emulator.Store;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AstroAuth.Emulator.Login;

/// <summary>The authorization endpoint: a checked request leads to the login page and, once that is done, back to the client.</summary>
internal static class AuthorizeEndpoint
{
    public const string AudienceClaim = "emulator_audience";
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/authorize", Handle);

    private static IResult Handle(HttpContext context, LoginSessions sessions)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (sessions.TakeFinished(context) is { } finished)
            return finished.User is { } user && finished.Stage == LoginStage.Succeeded
                ? Results.SignIn(Principal(user, request.GetScopes(), (string?)request[ParameterGuard.LiftedAudience]), null, Scheme)
                : Refuse(Errors.AccessDenied, "The user cancelled the login.");

        // There is no remembered login here, so a silent one can never succeed.
        if (request.HasPromptValue(PromptValues.None))
            return Refuse(Errors.LoginRequired, "A login is required.");
        var origin = new Uri(request.RedirectUri!).GetLeftPart(UriPartial.Authority);
        return Results.Redirect(LoginEndpoints.StartPath(sessions.Start(context, request.LoginHint, origin)));
    }

    public static ClaimsPrincipal Principal(User user, IEnumerable<string> scopes, string? audience)
    {
        var names = user.FullName.Split(' ', 2);
        var identity = new ClaimsIdentity("login", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.LoginId).SetClaim(Claims.Email, user.Email).SetClaim(Claims.EmailVerified, true)
            .SetClaim(Claims.Name, user.FullName).SetClaim(Claims.GivenName, names[0]).SetClaim(Claims.FamilyName, names[^1])
            .SetClaim(Claims.Picture, user.AvatarUrl)
            .SetClaim(AudienceClaim, audience);
        identity.SetScopes(scopes);
        identity.SetDestinations(claim => [claim.Type == AudienceClaim ? Destinations.AccessToken : Destinations.IdentityToken]);
        return new(identity);
    }

    public static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }), [Scheme]);
}
