using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AstroAuth.Emulator.Hosting;

/// <summary>A certificate authority and a server certificate for the loopback names, both made at start and never reused.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private readonly string? _privateFolder;

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2 authority, string caFile, string? privateFolder)
    {
        Certificate = certificate;
        Authority = authority;
        CaFile = caFile;
        _privateFolder = privateFolder;
    }

    public X509Certificate2 Certificate { get; }
    public X509Certificate2 Authority { get; }
    public string CaFile { get; }

    /// <param name="caFile">Where the authority's certificate is written; null for a private folder.</param>
    /// <param name="hasRsaKeys">RSA keys instead of keys on an elliptic curve, for clients that know no others.</param>
    public static ServerCertificate Create(string? caFile, bool hasRsaKeys)
    {
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        var until = from.AddYears(1);
        using var authorityKey = CreateKey(hasRsaKeys);
        var authorityRequest = Request("CN=AstroAuth Emulator CA", authorityKey);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authorityRequest.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, false));
        var authority = authorityRequest.CreateSelfSigned(from, until);

        using var key = CreateKey(hasRsaKeys);
        var request = Request("CN=localhost", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());

        using var issued = request.Create(authority, from, until.AddDays(-1), RandomNumberGenerator.GetBytes(16));
        using var withKey = key is RSA rsa ? issued.CopyWithPrivateKey(rsa) : issued.CopyWithPrivateKey((ECDsa)key);
        // Windows' TLS refuses a key that lives in memory only, so the pair goes through a PKCS#12 once.
        var certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);

        string? folder = null;
        if (caFile is null)
        {
            folder = Directory.CreateTempSubdirectory("astroauth-emulator-").FullName;
            caFile = Path.Combine(folder, "ca.pem");
        }

        File.WriteAllText(caFile, authority.ExportCertificatePem() + "\n");
        return new(certificate, authority, Path.GetFullPath(caFile), folder);
    }

    private static AsymmetricAlgorithm CreateKey(bool isRsa) => isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key) => key is RSA rsa
        ? new(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : new(name, (ECDsa)key, HashAlgorithmName.SHA256);

    public void Dispose()
    {
        Certificate.Dispose();
        Authority.Dispose();
        if (_privateFolder is null)
            return;
        try
        {
            Directory.Delete(_privateFolder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A reader still has the file open: the temporary folder's own clean-up takes it.
        }
    }
}
