using System.IO;
using System.Reflection;
using System.Security.Authentication;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Desktop.Tests;

/// <summary>What runs here is what was staged, and it speaks TLS 1.2 without touching the process.</summary>
public sealed class StagedTests
{
    [Fact]
    public void engine_its_libraries_and_the_models_are_the_staged_ones()
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic).ToList();
        foreach (var file in Directory.GetFiles(Program.Payload, "*.dll").Append(Path.Combine(Program.Module, "AstroAuth.Abstractions.dll")))
            Assert.All(loaded.Where(a => a.GetName().Name == Path.GetFileNameWithoutExtension(file)), a => Assert.Equal(file, a.Location));
        Assert.Contains(loaded, a => a.Location == Path.Combine(Program.Payload, "AstroAuth.Engine.dll"));
    }

    [Fact]
    public void every_library_of_the_payload_can_be_loaded_with_all_its_types()
    {
        // MSAL names Windows Forms, which is not on every machine that has Mono.
        foreach (var file in Directory.GetFiles(Program.Payload, "*.dll").Where(f => Path.GetFileName(f) != "Microsoft.Identity.Client.dll"))
            Assert.Null(Record.Exception(() => Assembly.LoadFrom(file).GetTypes()));
    }

    [Fact]
    public void connections_ask_for_tls_1_2_and_the_process_keeps_its_settings()
    {
        var before = ServicePointManager.SecurityProtocol;
        using var handler = Assert.IsType<HttpClientHandler>(PrimaryHandler.Create(null, useProxy: true));
        Assert.Equal(SslProtocols.Tls12, handler.SslProtocols);
        Assert.False(handler.AllowAutoRedirect);
        Assert.Equal(before, ServicePointManager.SecurityProtocol);
    }
}
