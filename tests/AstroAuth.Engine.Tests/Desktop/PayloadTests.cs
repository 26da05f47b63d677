using System.IO;
using AstroAuth.Engine.Tests.Walls;

namespace AstroAuth.Engine.Tests.Desktop;

/// <summary>A test of the module as it was staged, and says so where it was not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StagedFactAttribute : FactAttribute
{
    public StagedFactAttribute()
    {
        if (!Directory.Exists(BuiltAssembly.PathOf("StagedModule")))
            Skip = "The module is not staged; build.ps1 stage does it.";
    }
}

/// <summary>The payload of Windows PowerShell 5.1 is whole: what each of its DLLs asks for is there, down to the members.</summary>
public sealed class PayloadTests
{
    private static string Module => BuiltAssembly.PathOf("StagedModule");

    private static string[] Payload => Directory.GetFiles(Path.Combine(Module, "deps", "desktop"), "*.dll");

    private static string[] Shared => [Path.Combine(Module, "AstroAuth.dll"), Path.Combine(Module, "AstroAuth.Abstractions.dll")];

    [StagedFact]
    public void all_that_the_payload_asks_for_is_there()
    {
        // The loader answers for Abstractions itself.
        using var framework = new DesktopFramework([.. Payload, Path.Combine(Module, "AstroAuth.Abstractions.dll")]);
        AssertNothing(Payload.SelectMany(file => framework.Open(file).Missing()));
    }

    [StagedFact]
    public void cmdlets_and_models_ask_for_nothing_that_the_framework_lacks()
    {
        using var framework = new DesktopFramework(Shared);
        AssertNothing(Shared.SelectMany(file => framework.Open(file).Missing("System.Management.Automation")));
    }

    [StagedFact]
    public void nothing_is_in_the_payload_that_nobody_asks_for()
    {
        using var framework = new DesktopFramework(Payload);
        var reached = new HashSet<string>();
        var waiting = new Queue<string>(["AstroAuth.Engine"]);
        while (waiting.TryDequeue(out var name))
        {
            if (!reached.Add(name))
                continue;
            var file = Path.Combine(Module, "deps", "desktop", name + ".dll");
            foreach (var reference in framework.Open(file).References)
            {
                if (framework.Find(reference.Name, reference.Version) is { } found && Payload.Contains(Path.Combine(Module, "deps", "desktop", found.Name + ".dll")))
                    waiting.Enqueue(found.Name);
            }
        }

        Assert.Equal(reached.Order(StringComparer.Ordinal), Payload.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [StagedFact]
    public void tls_is_set_on_one_handler_and_never_for_the_process()
    {
        using var framework = new DesktopFramework(Payload);
        var engine = framework.Open(Path.Combine(Module, "deps", "desktop", "AstroAuth.Engine.dll")).Reader;
        var types = engine.TypeReferences.Select(t => engine.GetString(engine.GetTypeReference(t).Name)).ToList();
        Assert.DoesNotContain("ServicePointManager", types);
        Assert.Contains("SslProtocols", types);
    }

    // In full: xunit shortens what it compares.
    private static void AssertNothing(IEnumerable<string> missing)
    {
        var text = string.Join('\n', missing);
        Assert.True(text.Length == 0, text);
    }
}
