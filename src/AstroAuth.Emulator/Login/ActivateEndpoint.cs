using System.Security.Claims;
using AstroAuth.Emulator.Hosting;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace AstroAuth.Emulator.Login;

/// <summary>Where a person types the code that another device shows: the code, the login, and a yes or no.</summary>
internal static class ActivateEndpoint
{
    public const string Path = "/activate";
    private const string Done = Path + "/done";
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync);
        routes.MapPost(Path, DecideAsync);
        routes.MapGet(Done, (HttpContext context) => ActivatePage.Done(context));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, LoginSessions sessions, EmulatorSettings settings)
    {
        if (!settings.DeviceCode)
            return Results.NotFound();
        var request = context.GetOpenIddictServerRequest()!;
        if (request.UserCode is not { Length: > 0 } code)
            return ActivatePage.Code(context, null);
        if (await FindAskedAsync(context) is null)
            return ActivatePage.Code(context, "That code is not known, or no longer good.");

        return sessions.FindFinished(context) switch
        {
            { Stage: LoginStage.Succeeded } session => ActivatePage.Confirm(context, session, code),
            { } session when sessions.Take(context, session) => Refuse(),
            _ => Results.Redirect(LoginEndpoints.StartPath(sessions.Start(context, null, ""))),
        };
    }

    private static async Task<IResult> DecideAsync(HttpContext context, LoginSessions sessions)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        if (sessions.Find(context, form["session"]) is not { Stage: LoginStage.Succeeded, User: { } user } session
            || form["form_secret"] != session.FormSecret
            || await FindAskedAsync(context) is not { } asked
            || !sessions.Take(context, session))
            return LoginPage.Gone(context);
        if (form["action"] != "continue")
            return Refuse();

        var answer = AuthorizeEndpoint.Principal(user, asked.GetScopes(), asked.GetClaim(AuthorizeEndpoint.AudienceClaim));
        answer.SetClaim(OpenIddictConstants.Claims.Private.DeviceCodeId, asked.GetClaim(OpenIddictConstants.Claims.Private.DeviceCodeId));
        return Results.SignIn(answer, new AuthenticationProperties { RedirectUri = Done }, Scheme);
    }

    // OpenIddict knows a code that is not good by a principal that names no client.
    private static async Task<ClaimsPrincipal?> FindAskedAsync(HttpContext context) =>
        (await context.AuthenticateAsync(Scheme)).Principal is { } asked && asked.HasClaim(OpenIddictConstants.Claims.ClientId) ? asked : null;

    private static IResult Refuse() => Results.Forbid(new AuthenticationProperties { RedirectUri = Done }, [Scheme]);
}
