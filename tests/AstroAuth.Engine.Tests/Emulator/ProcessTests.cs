using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>The program: its options, its start, its certificate and its end.</summary>
public sealed class ProcessTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Theory]
    [InlineData("--colour")]
    [InlineData("--port")]
    [InlineData("--port", "many")]
    [InlineData("--port", "70000")]
    public async Task wrong_usage_is_a_sentence_and_exit_code_2(params string[] arguments)
    {
        var (exitCode, output, error) = await EmulatorProcess.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains(arguments[0], error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task taken_port_is_a_sentence()
    {
        var port = new Uri(Emulator.Address).Port;
        var (exitCode, _, error) = await EmulatorProcess.RunAsync("--port", $"{port}");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Port {port} is taken", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task help_and_version_are_answers()
    {
        Assert.Contains("--seed-tokens", (await EmulatorProcess.RunAsync("--help")).Output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", (await EmulatorProcess.RunAsync("--version")).Output);
    }

    [Fact]
    public async Task it_leaves_nothing_in_the_home_folder()
    {
        var home = System.IO.Directory.CreateTempSubdirectory("emulator-home-");
        await using (await EmulatorProcess.StartAsync(new Dictionary<string, string> { ["HOME"] = home.FullName, ["USERPROFILE"] = home.FullName }))
            Assert.Empty(home.EnumerateFiles("*.xml", System.IO.SearchOption.AllDirectories));
        home.Delete(recursive: true);
    }

    [Fact]
    public void start_text_tells_a_newcomer_what_to_do()
    {
        Assert.Contains($"$env:ASTRO_DOMAIN = '{Emulator.Domain}'", Emulator.Text, StringComparison.Ordinal);
        Assert.Contains("$env:ASTRO_API_TOKEN", Emulator.Text, StringComparison.Ordinal);
        Assert.Contains(Emulator.OrganizationId, Emulator.Text, StringComparison.Ordinal);
        Assert.Contains(Emulator.TokenValue("organizationOwner"), Emulator.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task https_is_trusted_through_the_ca_file_alone()
    {
        using var trusting = Https([X509CertificateLoader.LoadCertificateFromFile(Emulator.CaFile)]);
        var config = await EmulatorClient.Read(await trusting.GetAsync(new Uri(Emulator.HttpsAddress + "/private/v1alpha1/cli/auth-config")));
        Assert.Equal(Emulator.HttpsAddress + "/", config.Value("domainUrl"));
        using var strict = Https([]);
        await Assert.ThrowsAsync<HttpRequestException>(() => strict.GetAsync(new Uri(Emulator.HttpsAddress)));
    }

    [Fact]
    public async Task it_answers_on_ipv6_loopback_too()
    {
        if (!Socket.OSSupportsIPv6)
            return;
        using var http = new HttpClient();
        var port = new Uri(Emulator.Address).Port;
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"http://[::1]:{port}/_emulator/state"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"http://127.0.0.1:{port}/_emulator/state"))).StatusCode);
    }

    [Fact]
    public async Task twenty_thousand_tokens_are_ready_soon_and_listed_quickly()
    {
        await using var loaded = await EmulatorProcess.StartAsync("--seed-tokens", "20000");
        using var client = new EmulatorClient(loaded);
        var tokens = client.Organization + "/tokens";
        await client.Get(tokens + "?limit=1000", loaded.TokenValue("organizationOwner"));
        var watch = Stopwatch.StartNew();
        var page = await client.Get(tokens + "?limit=1000&offset=19000&sorts=name:asc", loaded.TokenValue("organizationOwner"));
        Assert.True(page["totalCount"].GetInt32() > 20_000);
        Assert.Equal(1000, page["tokens"].GetArrayLength());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"one page took {watch.Elapsed}");
    }

    [Fact]
    public async Task it_ends_with_its_parent_and_takes_its_files_along()
    {
        // The parent is a second emulator, which is a process like any other.
        var parent = await EmulatorProcess.StartAsync();
        await using var child = await EmulatorProcess.StartAsync("--parent-pid", $"{parent.Process.Id}");
        Assert.True(System.IO.File.Exists(child.CaFile));
        await parent.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await child.Process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, child.Process.ExitCode);
        Assert.False(System.IO.File.Exists(child.CaFile));
    }

    private static HttpClient Https(X509Certificate2Collection roots) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = Policy(roots),
        },
    });

    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
