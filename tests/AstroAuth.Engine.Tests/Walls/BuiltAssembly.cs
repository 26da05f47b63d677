using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AstroAuth.Engine.Tests.Walls;

/// <summary>An assembly as it was built, read without being loaded.</summary>
internal sealed class BuiltAssembly : IDisposable
{
    private readonly PEReader _file;

    public BuiltAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        Metadata = _file.GetMetadataReader();
        Folder = Path.GetDirectoryName(path)!;
    }

    public MetadataReader Metadata { get; }

    public string Folder { get; }

    public static string Root => PathOf("RepositoryRoot");

    public IReadOnlyList<string> References =>
        [.. Metadata.AssemblyReferences.Select(r => Metadata.GetString(Metadata.GetAssemblyReference(r).Name))];

    public IEnumerable<TypeDefinition> Types => Metadata.TypeDefinitions.Select(Metadata.GetTypeDefinition);

    /// <summary>Opens an assembly by the name that the project file gives its path.</summary>
    public static BuiltAssembly Of(string name) => new(PathOf(name));

    /// <summary>The assemblies whose types a public signature of this one shows.</summary>
    public IReadOnlyDictionary<string, string> Shown() => new PublicSignatures(Metadata).Assemblies;

    /// <summary>Static fields that hold something which can change: assignable ones, and read-only ones of a type that is no plain value.</summary>
    public IEnumerable<(string Name, string Type, bool IsReadOnly)> StaticFields() =>
        from type in Types
        where !IsGenerated(type.GetCustomAttributes()) && !Metadata.GetString(type.Name).Contains('<', StringComparison.Ordinal)
        from handle in type.GetFields()
        let field = Metadata.GetFieldDefinition(handle)
        where field.Attributes.HasFlag(FieldAttributes.Static) && !field.Attributes.HasFlag(FieldAttributes.Literal)
        let name = Metadata.GetString(field.Name)
        where !IsGenerated(field.GetCustomAttributes()) && !name.Contains('<', StringComparison.Ordinal)
        select ($"{Metadata.GetString(type.Name)}.{name}", field.DecodeSignature(new TypeNames(), null), field.Attributes.HasFlag(FieldAttributes.InitOnly));

    public void Dispose() => _file.Dispose();

    /// <summary>A path that the project file has a name for.</summary>
    public static string PathOf(string key) => Path.GetFullPath(typeof(BuiltAssembly).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!);

    // What the compiler and source generators make has no author to blame; a partial type of ours is marked at its members.
    private bool IsGenerated(CustomAttributeHandleCollection attributes) => attributes.Any(handle =>
    {
        var constructor = Metadata.GetCustomAttribute(handle).Constructor;
        return constructor.Kind == HandleKind.MemberReference
            && Metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && Metadata.GetString(Metadata.GetTypeReference((TypeReferenceHandle)parent).Name) is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute";
    });
}
