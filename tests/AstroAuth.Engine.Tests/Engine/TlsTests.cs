using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Certificates are always checked; more roots come from ASTRO_CA_FILE alone.</summary>
public sealed class TlsTests(EmulatorFixture fixture) : EngineTest(fixture)
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    private string HttpsDomain => Emulator.State.GetProperty("httpsDomain").GetString()!;

    [Fact]
    public async Task root_named_by_the_variable_is_trusted()
    {
        using var ca = CertificateAuthority.Named(Emulator.CaFile);
        Assert.Single(await Send(Call(Open(Owner, domain: HttpsDomain)), "GET", "organizations"));
    }

    [Fact]
    public async Task unknown_root_is_refused_and_never_tried_again()
    {
        using var ca = CertificateAuthority.Named(null);
        var failure = await Fails<AstroNetworkException>(
            "CertificateUntrusted", () => Send(Call(Open(Owner, domain: HttpsDomain)), "GET", "organizations"));
        Assert.Equal((AstroErrorCategory.SecurityError, false), (failure.Category, failure.MayHaveTakenEffect));
        Assert.Contains("ASTRO_CA_FILE", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await Requests());
        Assert.Single(Sink.Tries);
    }

    [Fact]
    public async Task another_authority_does_not_vouch_for_the_host()
    {
        using var ca = CertificateAuthority.Signing("localhost", out var certificate);
        using (certificate)
            await Fails<AstroNetworkException>("CertificateUntrusted", () => Send(Call(Open(Owner, domain: HttpsDomain)), "GET", "organizations"));
    }

    [Fact]
    public async Task certificate_for_another_name_is_refused_although_its_root_is_trusted()
    {
        using var ca = CertificateAuthority.Signing("astro.example", out var certificate);
        using (certificate)
        {
            await using var server = new RawServer(_ => Ok, certificate);
            await Fails<AstroNetworkException>("CertificateUntrusted", () => Send(Call(Open(Owner, domain: server.Domain)), "GET", "organizations"));
            Assert.Empty(server.Heads);
        }
    }

    [Fact]
    public async Task certificate_for_the_right_name_of_a_trusted_root_is_taken()
    {
        using var ca = CertificateAuthority.Signing("127.0.0.1", out var certificate);
        using (certificate)
        {
            await using var server = new RawServer(_ => Ok, certificate);
            Assert.Single(await Send(Call(Open(Owner, domain: server.Domain)), "GET", "organizations"));
        }
    }

    [Fact]
    public async Task change_of_the_variable_counts_from_the_next_call()
    {
        var connection = Open(Owner, domain: HttpsDomain);
        using (CertificateAuthority.Named(null))
            await Fails<AstroNetworkException>("CertificateUntrusted", () => Send(Call(connection), "GET", "organizations"));
        using (CertificateAuthority.Named(Emulator.CaFile))
            Assert.Single(await Send(Call(connection), "GET", "organizations"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task garbage_in_the_file_is_said_so(string text)
    {
        using var ca = CertificateAuthority.Holding(text);
        var failure = await Fails<AstroException>("InvalidCaFile", () => Send("GET", "organizations"));
        Assert.Equal(AstroErrorCategory.SecurityError, failure.Category);
    }

    [Fact]
    public async Task missing_file_is_said_so()
    {
        using var ca = CertificateAuthority.Named(Emulator.CaFile + ".gone");
        await Fails<AstroException>("InvalidCaFile", () => Send("GET", "organizations"));
    }
}
