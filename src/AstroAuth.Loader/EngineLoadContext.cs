using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace AstroAuth.Loader;

/// <summary>
/// Loads the engine and its libraries from one folder, before anything of the same name that others have loaded;
/// what the folder does not hold is shared with the process.
/// </summary>
public sealed class EngineLoadContext : AssemblyLoadContext
{
    private readonly string _folder;

    private EngineLoadContext(string folder)
        : base("AstroAuth") => _folder = folder;

    /// <summary>Loads an assembly of the folder and makes one object of a type in it.</summary>
    /// <param name="folder">The folder with the engine's files.</param>
    /// <param name="assembly">The simple name of the assembly.</param>
    /// <param name="type">The full name of a public type with a constructor without parameters.</param>
    /// <returns>The object.</returns>
    public static object Create(string folder, string assembly, string type) =>
        new EngineLoadContext(folder).LoadFromAssemblyName(new AssemblyName(assembly)).CreateInstance(type)!;

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
