using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>Sorts what goes wrong on the way and says it as a person would.</summary>
internal static class NetworkFailure
{
    internal static bool IsBroken(Exception e) => e is HttpRequestException or IOException or SocketException or WebException || IsConnectTimeout(e);

    /// <summary>No connection came about, so that Astro cannot have done anything.</summary>
    internal static bool IsNeverConnected(Exception e)
    {
        // A socket's error deep inside can come from a connection that was open: only the stage that the runtime names counts.
#if NET
        return IsConnectTimeout(e)
            || e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError };
#else
        return e.InnerException is WebException { Status: WebExceptionStatus.ConnectFailure or WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure };
#endif
    }

    /// <summary>Another try would meet the same refusal, and could lock an account of the proxy.</summary>
    internal static bool IsFinal(Exception e)
    {
#if NET
        if (e is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError })
            return true;
#endif
        return IsCertificate(e);
    }

    internal static bool IsCertificate(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException or WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure })
                return true;
        }

        return false;
    }

    internal static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;

        // The address of a proxy can hold its user and password.
        return Regex.Replace(ApiFailure.Plain(e.Message)!.TrimEnd('.'), @"//[^/@\s]*@", "//***@", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    internal static AstroNetworkException From(Exception e, ApiRequest request)
    {
        var host = request.Address.Authority;
        if (IsCertificate(e))
        {
            return new AstroNetworkException(
                nameof(Strings.CertificateUntrusted),
                Strings.Format(Strings.CertificateUntrusted, host, Innermost(e)),
                AstroErrorCategory.SecurityError,
                host);
        }

        if (IsNeverConnected(e))
        {
            return new AstroNetworkException(
                nameof(Strings.HostUnreachable),
                Strings.Format(Strings.HostUnreachable, host, Innermost(e)),
                AstroErrorCategory.ConnectionError,
                host);
        }

        return new AstroNetworkException(
            nameof(Strings.ConnectionBroken),
            Strings.Format(Strings.ConnectionBroken, host, request.Method, request.Path, Innermost(e)),
            AstroErrorCategory.ConnectionError,
            host) { MayHaveTakenEffect = true };
    }

    internal static AstroNetworkException Timeout(ApiRequest request, int seconds) => new(
        nameof(Strings.RequestTimeout),
        Strings.Format(Strings.RequestTimeout, request.Method, request.Path, request.Address.Authority, seconds),
        AstroErrorCategory.OperationTimeout,
        request.Address.Authority) { MayHaveTakenEffect = true };

    // .NET gives its connect time-out the form of a cancellation.
    private static bool IsConnectTimeout(Exception e) => e is OperationCanceledException { InnerException: TimeoutException };
}
