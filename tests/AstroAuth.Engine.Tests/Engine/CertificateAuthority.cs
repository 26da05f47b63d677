using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A certificate authority of a test, and the variable that names it while the test runs.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string Variable = "ASTRO_CA_FILE";
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly DirectoryInfo? _folder;

    private CertificateAuthority(string? file, DirectoryInfo? folder = null)
    {
        _folder = folder;
        Environment.SetEnvironmentVariable(Variable, file);
    }

    /// <summary>Names a file that is there already, or none.</summary>
    public static CertificateAuthority Named(string? file) => new(file);

    /// <summary>Names a new file with this text.</summary>
    public static CertificateAuthority Holding(string text)
    {
        var folder = Directory.CreateTempSubdirectory("astroauth-test-");
        var file = Path.Combine(folder.FullName, "ca.pem");
        File.WriteAllText(file, text);
        return new(file, folder);
    }

    /// <summary>Makes a new authority, names it, and gives a certificate it signed for a host of that name alone.</summary>
    public static CertificateAuthority Signing(string host, out X509Certificate2 certificate)
    {
        var from = DateTimeOffset.UtcNow.AddHours(-1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Test CA", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, from.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, from, from.AddDays(1), [1, 2, 3, 4]);
        using var withKey = issued.CopyWithPrivateKey(key);
        certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
        return Holding(authority.ExportCertificatePem());
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _folder?.Delete(recursive: true);
    }
}
