using Microsoft.AspNetCore;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AstroAuth.Emulator.Login;

/// <summary>Auth0's way of refusing: other words, other status codes and more answers to the client than OpenIddict gives.</summary>
internal static class LoginErrors
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ApplyAuthorizationResponseContext>(h => h
            .SetOrder(OpenIddictServerHandlers.Authentication.AttachRedirectUri.Descriptor.Order + 1)
            .UseInlineHandler(TellClient));
        server.AddEventHandler<ApplyTokenResponseContext>(h => h.SetOrder(int.MinValue).UseInlineHandler(Rename));
        server.AddEventHandler<ApplyTokenResponseContext>(h => h
            .SetOrder(OpenIddictServerAspNetCoreHandlers.AttachHttpResponseCode<ApplyTokenResponseContext>.Descriptor.Order + 1)
            .UseInlineHandler(SetStatus));
    }

    /// <summary>A refused request goes back to the client, too, as long as the client and its address are the registered ones.</summary>
    private static ValueTask TellClient(ApplyAuthorizationResponseContext context)
    {
        if (context.RedirectUri is null && context.Request is { ClientId: AuthConfigEndpoint.ClientId, RedirectUri: AuthConfigEndpoint.Callback })
        {
            context.RedirectUri = AuthConfigEndpoint.Callback;
            context.ResponseMode = ResponseModes.Query;
            context.Response.State = context.Request.State;
        }

        context.Response.ErrorUri = null;
        return default;
    }

    private static ValueTask Rename(ApplyTokenResponseContext context)
    {
        if (context.Error is Errors.InvalidClient)
        {
            context.Response.Error = Errors.AccessDenied;
            context.Response.ErrorDescription = "Unauthorized";
        }

        context.Response.ErrorUri = null;
        return default;
    }

    private static ValueTask SetStatus(ApplyTokenResponseContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext.Response is not { } response)
            return default;
        response.StatusCode = (context.Response.Error, context.Response.ErrorDescription) switch
        {
            (null, _) => StatusCodes.Status200OK,
            (Errors.SlowDown, _) => StatusCodes.Status429TooManyRequests,
            (Errors.InvalidGrant or Errors.AuthorizationPending or Errors.ExpiredToken or Errors.UnauthorizedClient, _) => StatusCodes.Status403Forbidden,
            (Errors.AccessDenied, "Unauthorized") => StatusCodes.Status401Unauthorized,
            (Errors.AccessDenied, _) => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status400BadRequest,
        };
        return default;
    }
}
