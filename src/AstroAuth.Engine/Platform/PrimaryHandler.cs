using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Security;
#if !NET
using System.Security.Authentication;
#endif
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AstroAuth.Engine.Platform;

/// <summary>
/// The innermost handler: the system's proxy (but never for loopback) and trust store hold, redirects are not followed, and extra trusted roots
/// come only from a PEM file. There is no way to switch verification off.
/// </summary>
internal static class PrimaryHandler
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    internal static HttpMessageHandler Create(string? caFile, bool useProxy)
    {
        var roots = caFile is null ? null : ReadRoots(caFile);
#if NET
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(30),
        };
        if (roots is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(roots, certificate as X509Certificate2, chain, errors),
            };
        }

        return handler;
#else
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            // Old hosts still default to less; set here only, never on ServicePointManager, which is the whole process's.
            SslProtocols = SslProtocols.Tls12,
            // .NET Framework allows two connections to a host, which would queue what runs in parallel.
            MaxConnectionsPerServer = 32,
        };
        if (roots is not null)
        {
            handler.ServerCertificateCustomValidationCallback = (_, certificate, chain, errors) => IsTrusted(roots, certificate, chain, errors);
        }

        return handler;
#endif
    }

    // The system's verdict stands, unless an unknown root is its only complaint and that root is one of the file's.
    private static bool IsTrusted(X509Certificate2Collection roots, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || chain is null)
            return false;

        using var own = new X509Chain();
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in chain.ChainElements)
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
#if NET
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(roots);
        return own.Build(certificate);
#else
        own.ChainPolicy.ExtraStore.AddRange(roots);
        own.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        if (!own.Build(certificate))
            return false;
        var root = own.ChainElements[own.ChainElements.Count - 1].Certificate;
        // A chain that ends before its root is tolerated too; its last link is no anchor.
        if (!root.SubjectName.RawData.AsSpan().SequenceEqual(root.IssuerName.RawData))
            return false;
        foreach (var trusted in roots)
        {
            if (trusted.RawData.AsSpan().SequenceEqual(root.RawData))
                return true;
        }

        return false;
#endif
    }

    /// <summary>The certificates of a PEM file.</summary>
    /// <exception cref="AstroException">InvalidCaFile.</exception>
    internal static X509Certificate2Collection ReadRoots(string caFile)
    {
        var roots = new X509Certificate2Collection();
        try
        {
#if NET
            roots.ImportFromPemFile(caFile);
#else
            const string begin = "-----BEGIN CERTIFICATE-----";
            var text = File.ReadAllText(caFile);
            for (var at = text.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(begin, at, StringComparison.Ordinal))
            {
                at += begin.Length;
                var end = text.IndexOf("-----END", at, StringComparison.Ordinal);
                roots.Add(new X509Certificate2(Convert.FromBase64String(text.Substring(at, (end < 0 ? text.Length : end) - at))));
            }
#endif
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException or ArgumentException or NotSupportedException)
        {
            throw Invalid(caFile, e.Message);
        }

        return roots.Count > 0 ? roots : throw Invalid(caFile, "it holds no certificate");
    }

    private static AstroException Invalid(string caFile, string why) =>
        new(nameof(Strings.InvalidCaFile), Strings.Format(Strings.InvalidCaFile, caFile, why), AstroErrorCategory.SecurityError, caFile);
}
