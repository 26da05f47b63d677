using System.Text.Json.Serialization;
using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Login;

/// <summary>What the login provider says about a person.</summary>
internal sealed record UserInfo(
    string Sub, string Email, [property: JsonPropertyName("email_verified")] bool EmailVerified, string Name,
    [property: JsonPropertyName("given_name")] string GivenName, [property: JsonPropertyName("family_name")] string FamilyName,
    string Picture);

/// <summary>The OIDC user info; own code, because the access tokens are of Astro's form, not of the library's.</summary>
internal static class UserInfoEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/userinfo", ["GET", "POST"], HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext context, BearerGate gate)
    {
        var answer = await CheckAsync(context, gate);
        if (answer.Caller?.User is not { } user)
        {
            context.Response.Headers.WWWAuthenticate = """Bearer error="invalid_token" """.TrimEnd();
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var names = user.FullName.Split(' ', 2);
        return Answer.Json(
            new UserInfo(user.LoginId, user.Email, true, user.FullName, names[0], names[^1], user.AvatarUrl),
            EmulatorJson.Default.UserInfo);
    }

    private static Task<GateAnswer> CheckAsync(HttpContext context, BearerGate gate)
    {
        string? authorization = context.Request.Headers.Authorization;
        return gate.CheckAsync(authorization, recordUse: false, AuthConfigEndpoint.Issuer(context) + "userinfo");
    }
}
