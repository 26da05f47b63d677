using System.Globalization;
using System.Net;
using System.Text;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>The pages a browser sees at the callback. Nothing of a request is ever repeated in them unencoded.</summary>
internal static class CallbackPage
{
    internal static byte[] Success() => Build("200 OK", "You can return to PowerShell", "The login page has handed its answer to PowerShell, which finishes the sign-in. This tab may be closed.");

    internal static byte[] Failure(string reason) => Build("200 OK", "You were not signed in", $"The login service said: {reason}. PowerShell says what can be done. This tab may be closed.");

    internal static byte[] NotFound() => Build("404 Not Found", "Nothing here", "This address belongs to a sign-in of AstroAuth that this request is no part of.");

    private static byte[] Build(string status, string title, string text)
    {
        var nonce = LoginProvider.NewNonce();
        // The script takes the code out of the address bar and the tab's history.
        var body = Encoding.UTF8.GetBytes(
            $$"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{Encode(title)}}</title>
            <style nonce="{{nonce}}">body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh}main{max-width:28rem}</style>
            <script nonce="{{nonce}}">history.replaceState(null,'','/');</script></head>
            <body><main><h1>{{Encode(title)}}</h1><p>{{Encode(text)}}</p></main></body></html>
            """);
        var head = string.Format(
            CultureInfo.InvariantCulture,
            "HTTP/1.1 {0}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {1}\r\nConnection: close\r\nCache-Control: no-store\r\n"
            + "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"
            + "Content-Security-Policy: default-src 'none'; style-src 'nonce-{2}'; script-src 'nonce-{2}'; frame-ancestors 'none'; base-uri 'none'\r\n\r\n",
            status,
            body.Length,
            nonce);
        var page = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head, 0, head.Length, page, 0);
        body.CopyTo(page, head.Length);
        return page;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
