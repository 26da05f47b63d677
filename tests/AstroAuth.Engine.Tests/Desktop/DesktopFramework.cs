using System.IO;
using AstroAuth.Engine.Tests.Walls;

namespace AstroAuth.Engine.Tests.Desktop;

/// <summary>
/// What Windows PowerShell 5.1 finds under an assembly's name: .NET Framework 4.7.2, from its reference assemblies, and the
/// folder that <c>DesktopLoader</c> answers from, where the version does not matter.
/// </summary>
internal sealed class DesktopFramework : IDisposable
{
    private readonly Dictionary<string, string> _framework;
    private readonly Dictionary<string, string> _payload;
    private readonly Dictionary<string, DesktopAssembly> _open = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="payload">The DLLs of the module that a name can lead to.</param>
    public DesktopFramework(IEnumerable<string> payload)
    {
        var folder = BuiltAssembly.PathOf("DesktopReferences");
        _framework = ByName(Directory.EnumerateFiles(folder, "*.dll").Concat(Directory.EnumerateFiles(Path.Combine(folder, "Facades"), "*.dll")));
        _payload = ByName(payload);
    }

    /// <summary>The assembly that a reference leads to; null when there is none.</summary>
    public DesktopAssembly? Find(string name, Version version)
    {
        // The framework's own come first, but one that is older than asked for is refused and the loader asked instead.
        if (_framework.TryGetValue(name, out var path) && Open(path).Version >= version)
            return Open(path);
        return _payload.TryGetValue(name, out path) ? Open(path) : null;
    }

    public DesktopAssembly Open(string path)
    {
        if (!_open.TryGetValue(path, out var assembly))
            _open[path] = assembly = new DesktopAssembly(path, this);
        return assembly;
    }

    public void Dispose()
    {
        foreach (var assembly in _open.Values)
            assembly.Dispose();
    }

    private static Dictionary<string, string> ByName(IEnumerable<string> files) =>
        files.ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => f, StringComparer.OrdinalIgnoreCase);
}
