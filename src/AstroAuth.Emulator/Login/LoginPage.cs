using System.Text.Encodings.Web;

namespace AstroAuth.Emulator.Login;

/// <summary>The pages of the login: plain HTML without scripts.</summary>
internal static class LoginPage
{
    private const string Style =
        """
        body{font:16px/1.5 system-ui,sans-serif;background:#f3f1fa;color:#1c1530;display:grid;place-items:center;min-height:100vh;margin:0}
        main{background:#fff;padding:2rem;border-radius:12px;box-shadow:0 4px 24px #1c153022;width:20rem}
        h1{font-size:1.25rem;margin:0 0 1rem}label{display:block;font-weight:600}
        input{width:100%;box-sizing:border-box;padding:.5rem;margin:.25rem 0 1rem;border:1px solid #8a82a6;border-radius:6px;font:inherit}
        button{padding:.5rem 1rem;border-radius:6px;border:1px solid #5b34c4;background:#5b34c4;color:#fff;font:inherit}
        button.quiet{background:#fff;color:#5b34c4}p.error{color:#b00020;margin:0 0 1rem}p.note{color:#5c5570;font-size:.85rem}
        """;

    public static IResult Identifier(HttpContext context, LoginSession session, string? error) => Form(
        context, session, "identifier", error,
        $"""
        <label for="email">Email address</label>
        <input id="email" name="email" type="email" autocomplete="username" required autofocus value="{Encode(session.Email)}">
        """);

    public static IResult Password(HttpContext context, LoginSession session, string? error) => Form(
        context, session, "password", error,
        $"""
        <p>{Encode(session.Email)}</p>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
        """);

    public static IResult Gone(HttpContext context) => Page(
        context, StatusCodes.Status400BadRequest, "",
        "<h1>This login is over</h1><p>Start it again from the program that opened this page.</p>");

    private static IResult Form(HttpContext context, LoginSession session, string step, string? error, string fields)
    {
        var problem = error is null ? "" : $"""<p class="error" role="alert">{Encode(error)}</p>""";
        return Page(context, error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, session.CallbackOrigin,
            $"""
            <h1>Log in to Astro (emulator)</h1>
            {problem}
            <form method="post" action="/u/login/{step}">
            <input type="hidden" name="session" value="{session.Id}">
            <input type="hidden" name="form_secret" value="{session.FormSecret}">
            {fields}
            <button type="submit" name="action" value="continue">Continue</button>
            <button type="submit" name="action" value="cancel" class="quiet" formnovalidate>Cancel</button>
            </form>
            <p class="note">This page belongs to a local emulator. Never type a real password here.</p>
            """);
    }

    public static IResult Page(HttpContext context, int status, string callbackOrigin, string content)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Browsers check form-action along redirects too, so the callback has to be named.
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-inline'; form-action 'self' {callbackOrigin}; frame-ancestors 'none'; base-uri 'none'";
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Log in</title><style>{Style}</style></head><body><main>
            {content}
            </main></body></html>
            """, "text/html; charset=utf-8", statusCode: status);
    }

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
