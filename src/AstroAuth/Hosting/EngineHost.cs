using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AstroAuth.Hosting;

/// <summary>
/// Loads the engine on first use: in PowerShell 7 into a load context of its own, in Windows PowerShell beside what is
/// there, with a handler that answers only for the engine's own libraries.
/// </summary>
internal static class EngineHost
{
    internal const string EngineAssembly = "AstroAuth.Engine";
    private const string EngineType = "AstroAuth.Engine.AstroEngine";

    private static readonly Lazy<IAstroEngine> Instance = new(Load);

    internal static IAstroEngine Engine => Instance.Value;

    /// <summary>The folder of the module.</summary>
    internal static string ModuleFolder { get; } = Path.GetDirectoryName(typeof(EngineHost).Assembly.Location)!;

    internal static bool IsDesktop { get; } = RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>The folder of the engine and its libraries.</summary>
    internal static string EngineFolder => Path.Combine(ModuleFolder, "deps", IsDesktop ? "desktop" : "core");

    private static IAstroEngine Load()
    {
        if (IsDesktop)
            return (IAstroEngine)DesktopLoader.Create(EngineFolder, EngineAssembly, EngineType);

        // The loader is a DLL of its own: Windows PowerShell reads every public type of this one and has no load contexts.
        var loader = Assembly.LoadFrom(Path.Combine(ModuleFolder, "AstroAuth.Loader.dll")).GetType("AstroAuth.Loader.EngineLoadContext", throwOnError: true)!;
        var create = (Func<string, string, string, object>)Delegate.CreateDelegate(typeof(Func<string, string, string, object>), loader, "Create");
        return (IAstroEngine)create(EngineFolder, EngineAssembly, EngineType);
    }
}
