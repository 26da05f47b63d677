using AstroAuth.Emulator.Access;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AstroAuth.Emulator.Login;

/// <summary>Refuses parameters that no standard knows, and carries Auth0's audience past OpenIddict, which keeps it for another grant.</summary>
internal static class ParameterGuard
{
    public const string LiftedAudience = "emulator_lifted_audience";

    private static readonly HashSet<string> s_authorize = new(StringComparer.Ordinal)
    {
        Parameters.ClientId, Parameters.RedirectUri, Parameters.ResponseType, Parameters.ResponseMode, Parameters.Scope, Parameters.State,
        Parameters.Nonce, Parameters.CodeChallenge, Parameters.CodeChallengeMethod, Parameters.Prompt, Parameters.LoginHint,
        Parameters.MaxAge, Parameters.Display, Parameters.UiLocales, Parameters.IdTokenHint, Parameters.AcrValues, Parameters.Claims,
        LiftedAudience,
    };

    private static readonly HashSet<string> s_token = new(StringComparer.Ordinal)
    {
        Parameters.ClientId, Parameters.ClientSecret, Parameters.GrantType, Parameters.Code, Parameters.CodeVerifier,
        Parameters.RedirectUri, Parameters.RefreshToken, Parameters.Scope, Parameters.DeviceCode, LiftedAudience,
    };

    private static readonly HashSet<string> s_device = new(StringComparer.Ordinal) { Parameters.ClientId, Parameters.Scope, LiftedAudience };

    public static void Register(OpenIddictServerBuilder server) => server
        .AddEventHandler<ValidateAuthorizationRequestContext>(h => h.SetOrder(int.MinValue).UseInlineHandler(c => Lift(c.Request)))
        .AddEventHandler<ValidateTokenRequestContext>(h => h.SetOrder(int.MinValue).UseInlineHandler(c => Lift(c.Request)))
        .AddEventHandler<ValidateDeviceAuthorizationRequestContext>(h => h.SetOrder(int.MinValue).UseInlineHandler(c => Lift(c.Request)))
        .AddEventHandler<ValidateDeviceAuthorizationRequestContext>(h => h.SetOrder(int.MinValue + 1).UseInlineHandler(c => Check(c, c.Request, s_device)))
        // Last, so that the client and its redirect address are known good and can be told.
        .AddEventHandler<ValidateAuthorizationRequestContext>(h => h.SetOrder(int.MaxValue).UseInlineHandler(c => Check(c, c.Request, s_authorize)))
        .AddEventHandler<ValidateTokenRequestContext>(h => h.SetOrder(int.MinValue + 1).UseInlineHandler(c => Check(c, c.Request, s_token)));

    private static ValueTask Lift(OpenIddictRequest request)
    {
        if (request.GetParameter(Parameters.Audience) is { } audience)
        {
            request.RemoveParameter(Parameters.Audience);
            request.SetParameter(LiftedAudience, audience);
        }

        return default;
    }

    private static ValueTask Check(BaseValidatingContext context, OpenIddictRequest request, HashSet<string> known)
    {
        foreach (var (name, _) in request.GetParameters())
        {
            if (!known.Contains(name))
            {
                context.Reject(Errors.InvalidRequest, $"The parameter '{name}' is not known here.");
                return default;
            }
        }

        if (request[LiftedAudience] is { } audience && (string?)audience != TokenMint.Audience && !request.IsClientCredentialsGrantType())
            context.Reject(Errors.AccessDenied, $"Service not found: {(string?)audience}");
        return default;
    }
}
