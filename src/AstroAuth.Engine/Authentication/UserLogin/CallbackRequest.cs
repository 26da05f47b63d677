using System;
using System.Collections.Generic;
using System.Net;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>The head of a request that came to the callback port, and whether it is the answer that is waited for.</summary>
internal static class CallbackRequest
{
    /// <summary>The address the browser was sent to, when the request is the login's own answer; else null.</summary>
    /// <param name="head">Request line and headers.</param>
    /// <param name="redirect">The callback's address.</param>
    /// <param name="state">The state of the login under way.</param>
    internal static Uri? TryRead(string head, Uri redirect, string state)
    {
        var lines = head.Split(["\r\n"], StringSplitOptions.None);
        var first = lines[0].Split(' ');
        if (first.Length != 3 || first[0] != "GET" || !first[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            return null;

        var hosts = 0;
        for (var i = 1; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("Host:", StringComparison.OrdinalIgnoreCase))
                continue;
            hosts++;
            // Another name for this machine is how a foreign page would reach it (DNS rebinding).
            if (!string.Equals(lines[i].Substring(5).Trim(), redirect.Authority, StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return hosts == 1 && first[1].StartsWith(redirect.AbsolutePath + "?", StringComparison.Ordinal)
            && Uri.TryCreate(redirect.GetLeftPart(UriPartial.Authority) + first[1], UriKind.Absolute, out var address)
            && IsAnswer(address, redirect, state) ? address : null;
    }

    /// <summary>Whether an address is the callback's with this login's state and a code or an error.</summary>
    internal static bool IsAnswer(Uri address, Uri redirect, string state)
    {
        if (address.AbsolutePath != redirect.AbsolutePath
            || Uri.Compare(address, redirect, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
            return false;
        var query = ReadQuery(address);
        return query is not null && query.TryGetValue("state", out var given) && ConstantTime.AreEqual(given, state)
            && (query.ContainsKey("code") || query.ContainsKey("error"));
    }

    /// <summary>The parameters of an address; null when one comes twice, which no provider does.</summary>
    internal static Dictionary<string, string>? ReadQuery(Uri address)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in address.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=');
            var name = WebUtility.UrlDecode(at < 0 ? pair : pair.Substring(0, at));
            if (parameters.ContainsKey(name))
                return null;
            parameters[name] = at < 0 ? "" : WebUtility.UrlDecode(pair.Substring(at + 1));
        }

        return parameters;
    }
}
