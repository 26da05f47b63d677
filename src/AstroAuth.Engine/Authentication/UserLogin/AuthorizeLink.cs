using System;
using System.Linq;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>The link to the login page: only what OAuth and OpenID Connect know, and audience.</summary>
internal static class AuthorizeLink
{
    private static readonly string[] Known =
    [
        "client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method", "prompt", "login_hint", "audience",
    ];

    /// <summary>Takes the library's own extras out of the link and puts nonce and response_mode in.</summary>
    internal static Uri Tidy(Uri link, string nonce)
    {
        var kept = link.Query.TrimStart('?').Split('&').Where(pair => Known.Contains(pair.Split('=')[0]));
        return new Uri($"{link.GetLeftPart(UriPartial.Path)}?{string.Join("&", kept)}&response_mode=query&nonce={nonce}");
    }
}
