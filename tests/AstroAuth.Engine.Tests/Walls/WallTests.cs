using System.IO;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Walls;

/// <summary>The walls between the rooms, as docs/architecture.md draws them, read from what was built.</summary>
public sealed class WallTests
{
    private static readonly string[] s_statics =
    [
        // The engine, the vault lock, the connections of each runspace, the values of raw answers, the sockets, and how answers are read.
        "EngineHost.Instance", "SecretManagement.VaultLock", "SessionConnections.OfRunspace", "AnswerSecret.Values", "ApiTransport.Sockets", "WholeAnswers.Known",
    ];

    // What cannot change once it is made, or is never changed: texts, times, keys, and lists of words.
    private static readonly string[] s_constantTypes =
        ["String", "TimeSpan", "String[]", "ResiliencePropertyKey`1<HttpRequestMessage>", "CompletionItem[]", "IReadOnlyDictionary`2<String,Object>", "AstroTokenRoleList", "Uri", "NoCredential"];

    [Fact]
    public void cmdlets_know_neither_the_engine_nor_its_libraries()
    {
        using var built = BuiltAssembly.Of("AstroAuth");
        Assert.Equal(["AstroAuth.Abstractions", "System.Management.Automation", "netstandard"], built.References.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void abstractions_know_the_standard_alone()
    {
        using var built = BuiltAssembly.Of("AstroAuth.Abstractions");
        Assert.Equal(["netstandard"], built.References);
    }

    [Fact]
    public void loader_knows_the_framework_alone()
    {
        using var built = BuiltAssembly.Of("AstroAuth.Loader");
        Assert.All(built.References, r => Assert.StartsWith("System.", r, StringComparison.Ordinal));
        Assert.DoesNotContain("System.Management.Automation", built.References);
    }

    [Theory]
    [InlineData("AstroAuth.Engine (core)")]
    [InlineData("AstroAuth.Engine (desktop)")]
    public void engine_knows_no_powershell(string name)
    {
        using var built = BuiltAssembly.Of(name);
        Assert.Contains("AstroAuth.Abstractions", built.References);
        Assert.DoesNotContain("AstroAuth", built.References);
        Assert.DoesNotContain("System.Management.Automation", built.References);
        Assert.Empty(Directory.EnumerateFiles(built.Folder, "System.Management.Automation*", SearchOption.AllDirectories));
    }

    [Fact]
    public void staged_payloads_hold_no_powershell_and_no_second_abstractions()
    {
        var output = Path.Combine(BuiltAssembly.Root, "output", "AstroAuth");
        if (!Directory.Exists(output))
            return;
        var payloads = Directory.EnumerateDirectories(output, "deps", SearchOption.AllDirectories)
            .SelectMany(d => Directory.EnumerateFiles(d, "*.dll", SearchOption.AllDirectories)).Select(Path.GetFileName).ToList();
        Assert.DoesNotContain("System.Management.Automation.dll", payloads);
        Assert.DoesNotContain("AstroAuth.Abstractions.dll", payloads);
        Assert.DoesNotContain("AstroAuth.dll", payloads);
    }

    [Fact]
    public void emulator_knows_nothing_of_the_module()
    {
        using var built = new BuiltAssembly(EmulatorProcess.AssemblyPath);
        Assert.DoesNotContain(built.References, r => r.StartsWith("AstroAuth", StringComparison.Ordinal));
        Assert.DoesNotContain("System.Management.Automation", built.References);
    }

    [Theory]
    [InlineData("AstroAuth")]
    [InlineData("AstroAuth.Abstractions")]
    public void public_signatures_show_no_package(string name)
    {
        using var built = BuiltAssembly.Of(name);
        var shown = built.Shown();
        Assert.Contains("netstandard", shown.Keys);
        Assert.Equal(name == "AstroAuth", shown.ContainsKey("System.Management.Automation"));
        Assert.All(shown, s => Assert.True(
            s.Key is "netstandard" or "AstroAuth.Abstractions" || (s.Key == "System.Management.Automation" && name == "AstroAuth"),
            $"{s.Value} shows {s.Key}"));
    }

    [Fact]
    public void cmdlets_hold_no_type_that_windows_powershell_cannot_load()
    {
        using var built = BuiltAssembly.Of("AstroAuth");
        var reader = built.Metadata;
        Assert.DoesNotContain(reader.TypeReferences, t => reader.GetString(reader.GetTypeReference(t).Name) == "AssemblyLoadContext");
        using var loader = BuiltAssembly.Of("AstroAuth.Loader");
        Assert.Contains(loader.Metadata.TypeReferences, t => loader.Metadata.GetString(loader.Metadata.GetTypeReference(t).Name) == "AssemblyLoadContext");
    }

    [Theory]
    [InlineData("AstroAuth")]
    [InlineData("AstroAuth.Abstractions")]
    [InlineData("AstroAuth.Loader")]
    [InlineData("AstroAuth.Engine (core)")]
    [InlineData("AstroAuth.Engine (desktop)")]
    public void nothing_is_static_that_can_change_but_what_is_named(string name)
    {
        using var built = BuiltAssembly.Of(name);
        var changeable = built.StaticFields().Where(f => !f.IsReadOnly || !s_constantTypes.Contains(f.Type)).Select(f => f.Name).ToList();
        Assert.Empty(changeable.Except(s_statics));
        if (name == "AstroAuth")
            Assert.Contains("SecretManagement.VaultLock", changeable);
    }

    [Fact]
    public void vault_cmdlets_are_named_in_one_room()
    {
        var vaults = Path.Combine("src", "AstroAuth", "Vaults") + Path.DirectorySeparatorChar;
        // Sentences may tell a person which cmdlet to type.
        var named = Sources("src").Where(s => !Path.GetFileName(s).StartsWith("Strings.", StringComparison.Ordinal) && Regex.IsMatch(
                File.ReadAllText(Path.Combine(BuiltAssembly.Root, s)), """"(Get|Set|Remove|Test|Unlock|Register|Unregister)-Secret\w*"""", RegexOptions.None, TimeSpan.FromSeconds(5)))
            .ToList();
        Assert.NotEmpty(named);
        Assert.All(named, s => Assert.StartsWith(vaults, s, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AstroAuth", "AstroAuth.Abstractions")]
    [InlineData("AstroAuth.Engine", "AstroAuth.Abstractions")]
    [InlineData("AstroAuth.Abstractions", "")]
    [InlineData("AstroAuth.Loader", "")]
    [InlineData("AstroAuth.Emulator", "")]
    public void projects_refer_one_way(string project, string allowed)
    {
        var file = XDocument.Load(Path.Combine(BuiltAssembly.Root, "src", project, project + ".csproj"));
        var referred = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(allowed, string.Join(',', referred));
    }

    [Fact]
    public void only_the_engine_and_the_emulator_bring_libraries()
    {
        string[] compileTime = ["PowerShellStandard.Library", "PolySharp"];
        foreach (var project in (string[])["AstroAuth", "AstroAuth.Abstractions", "AstroAuth.Loader"])
        {
            var file = XDocument.Load(Path.Combine(BuiltAssembly.Root, "src", project, project + ".csproj"));
            Assert.All(file.Descendants("PackageReference"), p =>
            {
                Assert.Contains(p.Attribute("Include")!.Value, compileTime);
                Assert.Equal("all", p.Attribute("PrivateAssets")?.Value);
            });
        }
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(BuiltAssembly.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(BuiltAssembly.Root, f))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
