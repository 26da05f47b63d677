using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Login;

/// <summary>Where a client finds the login.</summary>
internal sealed record AuthConfig(string ClientId, string Audience, string DomainUrl);

/// <summary>The open endpoint that every login starts with.</summary>
internal static class AuthConfigEndpoint
{
    public const string ClientId = "astro-emulator-cli";
    public const string Callback = "http://localhost:12345/callback";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/private/v1alpha1/cli/auth-config", (HttpContext context) =>
        Answer.Json(new AuthConfig(ClientId, TokenMint.Audience, Issuer(context)), EmulatorJson.Default.AuthConfig));

    /// <summary>The address by which the emulator was asked, with the slash that Astro's domainUrl ends in.</summary>
    public static string Issuer(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/";
}
