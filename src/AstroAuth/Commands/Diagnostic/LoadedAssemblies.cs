using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Diagnostic;

/// <summary>The loaded assemblies with a name that one of the module's has: its own, and those that other modules brought.</summary>
internal static class LoadedAssemblies
{
    internal static IReadOnlyList<AstroDiagnosticAssembly> List()
    {
        var folder = EngineHost.ModuleFolder;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in (string[])[folder, EngineHost.EngineFolder])
        {
            if (Directory.Exists(place))
                names.UnionWith(Directory.GetFiles(place, "*.dll").Select(Path.GetFileNameWithoutExtension)!);
        }

        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(a => !a.IsDynamic && names.Contains(a.GetName().Name!))
            .Select(a => Describe(a, folder))
            .OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Context, StringComparer.Ordinal)
            .ToList();
    }

    private static AstroDiagnosticAssembly Describe(Assembly assembly, string folder) => new()
    {
        Name = assembly.GetName().Name!,
        Version = assembly.GetName().Version?.ToString() ?? "",
        Context = GetContext(assembly),
        IsOwn = assembly.Location.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase),
        Path = Redaction.Path(assembly.Location),
    };

    // .NET Framework has no load contexts, and this DLL is for both.
    private static string GetContext(Assembly assembly)
    {
        var type = Type.GetType("System.Runtime.Loader.AssemblyLoadContext, System.Runtime.Loader");
        var context = type?.GetMethod("GetLoadContext")?.Invoke(null, [assembly]);
        return context is null ? "" : type!.GetProperty("Name")?.GetValue(context) as string ?? "(unnamed)";
    }
}
