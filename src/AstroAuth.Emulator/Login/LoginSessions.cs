using System.Collections.Concurrent;
using System.Security.Cryptography;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Login;

/// <summary>How far a login has come.</summary>
internal enum LoginStage { Identifier, Password, Succeeded, Cancelled }

/// <summary>One login in a browser: bound to it by a cookie and to its forms by another secret.</summary>
internal sealed class LoginSession(string path, string request, string? hint, string callbackOrigin)
{
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);
    public string CookieSecret { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);
    public string FormSecret { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The query of the request that the login is for, exactly as it came.</summary>
    public string Request { get; } = request;

    /// <summary>Where the login goes when it is finished.</summary>
    public string Return { get; } = path + request;
    public string CallbackOrigin { get; } = callbackOrigin;
    public string Email { get; set; } = hint ?? "";
    public LoginStage Stage { get; set; }
    public User? User { get; set; }
}

/// <summary>The logins under way.</summary>
internal sealed class LoginSessions
{
    private const string CookieName = "emulator_login";
    private readonly ConcurrentDictionary<string, LoginSession> _sessions = new();

    public LoginSession Start(HttpContext context, string? hint, string callbackOrigin)
    {
        var session = new LoginSession(context.Request.Path, context.Request.QueryString.Value ?? "", hint, callbackOrigin);
        _sessions[session.Id] = session;
        context.Response.Cookies.Append(CookieName, session.Id + session.CookieSecret, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = "/",
        });
        return session;
    }

    /// <summary>The login of this browser, when its cookie has the secret of the session that the page names.</summary>
    public LoginSession? Find(HttpContext context, string? id) =>
        id is not null && _sessions.TryGetValue(id, out var session)
        && context.Request.Cookies[CookieName] == session.Id + session.CookieSecret ? session : null;

    /// <summary>A finished login for exactly this request.</summary>
    public LoginSession? FindFinished(HttpContext context) =>
        context.Request.Cookies[CookieName] is { Length: 64 } cookie && Find(context, cookie[..32]) is { } session
        && session.Stage is LoginStage.Succeeded or LoginStage.Cancelled
        && session.Return == context.Request.Path + context.Request.QueryString.Value ? session : null;

    /// <summary>Takes a finished login for exactly this request; it serves once.</summary>
    public LoginSession? TakeFinished(HttpContext context) => FindFinished(context) is { } session && Take(context, session) ? session : null;

    /// <summary>Ends a login; false when it has ended before.</summary>
    public bool Take(HttpContext context, LoginSession session)
    {
        context.Response.Cookies.Delete(CookieName);
        return _sessions.TryRemove(session.Id, out _);
    }
}
