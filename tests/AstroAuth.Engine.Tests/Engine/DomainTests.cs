using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Domains become addresses by the rules of the contract, matched exactly.</summary>
public sealed class DomainTests
{
    [Theory]
    [InlineData("astronomer.io", "astronomer.io", "https://api.astronomer.io/")]
    [InlineData("astronomer-dev.io", "astronomer-dev.io", "https://api.astronomer-dev.io/")]
    [InlineData("astronomer-stage.io", "astronomer-stage.io", "https://api.astronomer-stage.io/")]
    [InlineData("astronomer-perf.io", "astronomer-perf.io", "https://api.astronomer-perf.io/")]
    [InlineData("https://cloud.astronomer.io/", "astronomer.io", "https://api.astronomer.io/")]
    [InlineData("https://api.astronomer.io", "astronomer.io", "https://api.astronomer.io/")]
    [InlineData(" Astronomer.IO ", "astronomer.io", "https://api.astronomer.io/")]
    [InlineData("  https://astronomer.io ", "astronomer.io", "https://api.astronomer.io/")]
    [InlineData("http://astronomer.io", "astronomer.io", "https://api.astronomer.io/")]
    [InlineData("pr1234.astronomer-dev.io", "pr1234.astronomer-dev.io", "https://pr1234.api.astronomer-dev.io/")]
    [InlineData("PR123456.astronomer-dev.io", "pr123456.astronomer-dev.io", "https://pr123456.api.astronomer-dev.io/")]
    public void cloud_domain_is_called_over_tls(string text, string name, string root) => Assert.Equal((name, root, false), Parts(text));

    [Theory]
    [InlineData("localhost", "localhost:8888", "http://localhost:8888/")]
    [InlineData("localhost:5000", "localhost:5000", "http://localhost:5000/")]
    [InlineData("LOCALHOST:5000/", "localhost:5000", "http://localhost:5000/")]
    [InlineData("127.0.0.1", "127.0.0.1:8888", "http://127.0.0.1:8888/")]
    [InlineData("127.0.0.1:65535", "127.0.0.1:65535", "http://127.0.0.1:65535/")]
    [InlineData("[::1]", "[::1]:8888", "http://[::1]:8888/")]
    [InlineData("[::1]:9000", "[::1]:9000", "http://[::1]:9000/")]
    [InlineData("http://localhost:5000", "localhost:5000", "http://localhost:5000/")]
    [InlineData("https://localhost:5001", "https://localhost:5001", "https://localhost:5001/")]
    [InlineData("https://127.0.0.1:5001/", "https://127.0.0.1:5001", "https://127.0.0.1:5001/")]
    [InlineData("https://[::1]:5001", "https://[::1]:5001", "https://[::1]:5001/")]
    public void loopback_is_http_unless_https_is_written(string text, string name, string root) => Assert.Equal((name, root, true), Parts(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("example.com")]
    [InlineData("astronomer.io.evil.example")]
    [InlineData("evil-astronomer.io")]
    [InlineData("evilastronomer.io")]
    [InlineData("astronomer.io:443")]
    [InlineData("astronomer.io/path")]
    [InlineData("user@astronomer.io")]
    [InlineData("astronomer.io@evil.example")]
    [InlineData("astronomer.io#evil.example")]
    [InlineData("astronomer.io?x")]
    [InlineData("astronomer.io\\evil.example")]
    [InlineData("astronomer.io.")]
    [InlineData("аstronomer.io")]
    [InlineData("astronomer。io")]
    [InlineData("a\tstronomer.io")]
    [InlineData("cloud.cloud.astronomer.io")]
    [InlineData("www.astronomer.io")]
    [InlineData("pr123.astronomer-dev.io")]
    [InlineData("pr1234567.astronomer-dev.io")]
    [InlineData("pr12a4.astronomer-dev.io")]
    [InlineData("pr١٢٣٤.astronomer-dev.io")]
    [InlineData("pr1234.astronomer.io")]
    [InlineData("x.pr1234.astronomer-dev.io")]
    [InlineData("pr1234.astronomer-dev.io.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:+80")]
    [InlineData("localhost: 80")]
    [InlineData("localhost:80@evil.example")]
    [InlineData("evil.example/localhost")]
    [InlineData("notlocalhost")]
    [InlineData("127.0.0.2")]
    [InlineData("127.1")]
    [InlineData("::1")]
    [InlineData("0.0.0.0")]
    [InlineData("ftp://astronomer.io")]
    public void lookalike_is_refused(string text)
    {
        var failure = Assert.Throws<AstroException>(() => AstroDomain.Parse(text));
        Assert.Equal(("InvalidDomain", AstroErrorCategory.InvalidArgument), (failure.ErrorId, failure.Category));
    }

    [Theory]
    [InlineData("astronomer.io", "https://auth.astronomer.io/", true)]
    [InlineData("astronomer.io", "https://astronomer.io/", true)]
    [InlineData("astronomer.io", "https://AUTH.Astronomer.io/", true)]
    [InlineData("astronomer.io", "http://auth.astronomer.io/", false)]
    [InlineData("astronomer.io", "https://auth.astronomer-dev.io/", false)]
    [InlineData("astronomer.io", "https://evilastronomer.io/", false)]
    [InlineData("astronomer.io", "https://auth.astronomer.io.evil.example/", false)]
    [InlineData("astronomer.io", "https://auth.astronomer.io@evil.example/", false)]
    [InlineData("astronomer.io", "http://localhost:8888/", false)]
    [InlineData("astronomer.io", "ftp://auth.astronomer.io/", false)]
    [InlineData("astronomer-dev.io", "https://auth.astronomer-dev.io/", true)]
    [InlineData("pr1234.astronomer-dev.io", "https://auth.astronomer-dev.io/", true)]
    [InlineData("pr1234.astronomer-dev.io", "https://auth.astronomer.io/", false)]
    [InlineData("localhost:8888", "http://localhost:9999/", true)]
    [InlineData("localhost:8888", "https://127.0.0.1:9999/", true)]
    [InlineData("localhost:8888", "https://auth.astronomer.io/", false)]
    [InlineData("localhost:8888", "http://evil.example/", false)]
    [InlineData("localhost:8888", "file://localhost/etc", false)]
    public void login_service_must_belong_to_the_domain(string domain, string login, bool owned) =>
        Assert.Equal(owned, AstroDomain.Parse(domain).Owns(new Uri(login)));

    private static (string Name, string Root, bool IsLoopback) Parts(string text)
    {
        var domain = AstroDomain.Parse(text);
        return (domain.Name, domain.Root.AbsoluteUri, domain.IsLoopback);
    }
}
