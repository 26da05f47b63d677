using System;
using System.IO;
using System.Reflection;

namespace AstroAuth.Hosting;

/// <summary>
/// Loads the engine in Windows PowerShell 5.1, where there is one load context for all: requests of the engine's own
/// libraries are answered from their folder whatever version they name; nobody else's are.
/// </summary>
internal static class DesktopLoader
{
    private static string? _folder;

    internal static object Create(string folder, string assembly, string type)
    {
        _folder = folder;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        return Assembly.LoadFrom(Path.Combine(folder, assembly + ".dll")).CreateInstance(type)!;
    }

    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { IsDynamic: false } requester
            || !string.Equals(Path.GetDirectoryName(requester.Location), _folder, StringComparison.OrdinalIgnoreCase))
            return null;

        var name = new AssemblyName(request.Name).Name;
        if (name == typeof(AstroConnection).Assembly.GetName().Name)
            return typeof(AstroConnection).Assembly;
        var path = Path.Combine(_folder!, name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
}
