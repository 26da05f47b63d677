using System;
#if NET
using System.Net.Http;
#else
using System.Net;
#endif

namespace AstroAuth.Engine.Platform;

/// <summary>The proxy that the system and the environment name for an address.</summary>
internal static class SystemProxy
{
    /// <summary>Scheme, host and port of the proxy, never its user and password; null when the address is reached directly.</summary>
    internal static string? Find(Uri address)
    {
#if NET
        var proxies = HttpClient.DefaultProxy;
#else
        var proxies = WebRequest.DefaultWebProxy;
        if (proxies is null)
            return null;
#endif
        return !proxies.IsBypassed(address) && proxies.GetProxy(address) is { } proxy && proxy != address
            ? proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : null;
    }
}
