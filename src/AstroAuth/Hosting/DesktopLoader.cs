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
    internal static object Create(string folder, string assembly, string type)
    {
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Resolve(folder, request);
        return Assembly.LoadFrom(Path.Combine(folder, assembly + ".dll")).CreateInstance(type)!;
    }

    /// <summary>The answer to a request, or null when it is somebody else's.</summary>
    internal static Assembly? Resolve(string folder, ResolveEventArgs request)
    {
        // An assembly that was loaded from bytes has no place, and is none of ours.
        if (request.RequestingAssembly is not { IsDynamic: false, Location.Length: > 0 } requester
            || !string.Equals(Path.GetDirectoryName(requester.Location), folder, StringComparison.OrdinalIgnoreCase))
            return null;

        var name = new AssemblyName(request.Name).Name;
        if (name == typeof(AstroConnection).Assembly.GetName().Name)
            return typeof(AstroConnection).Assembly;
        var path = Path.Combine(folder, name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
}
