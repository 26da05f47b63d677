using AstroAuth.Emulator.Hosting;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AstroAuth.Emulator.Login;

/// <summary>Spoils id_tokens as the settings ask, so that one can see what a client makes of a login that was tampered with.</summary>
internal sealed class IdTokenFaults(EmulatorSettings settings)
    : IOpenIddictServerHandler<GenerateTokenContext>, IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public const string None = "right";
    private const string Signature = "badSignature";
    private const string Nonce = "otherNonce";
    private const string Audience = "otherAudience";
    private const string Subject = "otherSubject";
    private const string Missing = "missing";

    public static IReadOnlyList<string> All => [None, Signature, Nonce, Audience, Subject, Missing];

    public static void Register(OpenIddictServerBuilder server) => server
        .AddEventHandler<GenerateTokenContext>(h => h.UseSingletonHandler<IdTokenFaults>().SetOrder(int.MinValue))
        .AddEventHandler<ApplyTokenResponseContext>(h => h.UseSingletonHandler<IdTokenFaults>().SetOrder(int.MinValue + 2));

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType != TokenTypeIdentifiers.IdentityToken)
            return default;
        switch (settings.IdToken)
        {
            case Nonce:
                context.Principal.SetClaim(Claims.Nonce, "another-nonce");
                break;
            case Audience:
                context.Principal.SetAudiences("another-client");
                break;
            case Subject:
                context.Principal.SetClaim(Claims.Subject, "auth0|somebody-else");
                break;
        }

        return default;
    }

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Response.IdToken is not { } token)
            return default;
        if (settings.IdToken == Missing)
            context.Response.IdToken = null;
        if (settings.IdToken == Signature)
            context.Response.IdToken = token[..token.LastIndexOf('.')] + "." + new string([.. token[(token.LastIndexOf('.') + 1)..].Reverse()]);
        return default;
    }
}
