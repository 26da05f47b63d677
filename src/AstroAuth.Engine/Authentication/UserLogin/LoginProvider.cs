using System;
using System.Security.Cryptography;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>A domain's login as people use it.</summary>
internal sealed record LoginProvider(Uri Authority, string ClientId, string Audience)
{
    /// <summary>The one address Astro's login comes back to (wire contract 2.2).</summary>
    internal static readonly Uri Callback = new("http://localhost:12345/callback");

    /// <summary>What is asked for; offline_access gives the refresh token.</summary>
    internal static readonly string[] Scopes = ["openid", "profile", "email", "offline_access"];

    /// <exception cref="AstroException">LoginNeedsHttps.</exception>
    internal static LoginProvider From(AuthConfig config) => config.DomainUrl.Scheme == "https" && config.ClientId is { Length: > 0 } clientId
        ? new LoginProvider(config.DomainUrl, clientId, config.Audience)
        : throw new AstroException(
            nameof(Strings.LoginNeedsHttps),
            Strings.Format(Strings.LoginNeedsHttps, config.DomainUrl),
            AstroErrorCategory.SecurityError,
            config.DomainUrl.Host);

    /// <summary>A value nobody can guess, for a URL.</summary>
    internal static string NewNonce()
    {
        var bytes = new byte[32];
        using (var random = RandomNumberGenerator.Create())
            random.GetBytes(bytes);
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <exception cref="AstroException">Always LoginAnswerRejected.</exception>
    internal AstroException Reject(string why) => new(
        nameof(Strings.LoginAnswerRejected),
        Strings.Format(Strings.LoginAnswerRejected, Authority.Host, why),
        AstroErrorCategory.SecurityError,
        Authority.Host);
}
