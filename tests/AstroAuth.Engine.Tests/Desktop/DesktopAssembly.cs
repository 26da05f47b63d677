using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AstroAuth.Engine.Tests.Desktop;

/// <summary>An assembly as the runtime would bind it: what it asks of others, and what others can ask of it.</summary>
internal sealed class DesktopAssembly : IDisposable
{
    private static readonly FullTypeNames s_names = new();
    private readonly DesktopFramework _framework;
    private readonly PEReader _file;
    private readonly Dictionary<string, TypeDefinitionHandle> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExportedTypeHandle> _forwards = new(StringComparer.Ordinal);

    public DesktopAssembly(string path, DesktopFramework framework)
    {
        _framework = framework;
        _file = new PEReader(File.OpenRead(path));
        Reader = _file.GetMetadataReader();
        Name = Path.GetFileNameWithoutExtension(path);
        Version = Reader.GetAssemblyDefinition().Version;
        foreach (var handle in Reader.TypeDefinitions)
            _types.TryAdd(FullTypeNames.Of(Reader, handle), handle);
        foreach (var handle in Reader.ExportedTypes.Where(t => Reader.GetExportedType(t).IsForwarder))
            _forwards.TryAdd(FullTypeNames.Of(Reader, Reader.GetExportedType(handle)), handle);
    }

    public string Name { get; }

    public Version Version { get; }

    public MetadataReader Reader { get; }

    public IEnumerable<(string Name, Version Version)> References =>
        Reader.AssemblyReferences.Select(Reader.GetAssemblyReference).Select(r => (Reader.GetString(r.Name), r.Version));

    /// <summary>What this assembly asks for and nobody has: assemblies, types, then members.</summary>
    /// <param name="known">Names of assemblies that the host itself brings.</param>
    public IEnumerable<string> Missing(params string[] known)
    {
        foreach (var (name, version) in References.Where(r => !known.Contains(r.Name) && _framework.Find(r.Name, r.Version) is null))
            yield return $"{Name}: assembly {name} {version}";
        foreach (var handle in Reader.TypeReferences.Where(t => Origin(t) is { } origin && !known.Contains(origin.Name) && _framework.Find(origin.Name, origin.Version) is not null))
        {
            if (Definition(handle) is null)
                yield return $"{Name}: type {FullTypeNames.Of(Reader, handle)} of {Origin(handle)?.Name}";
        }

        foreach (var handle in Reader.MemberReferences)
        {
            var member = Reader.GetMemberReference(handle);
            if (ParentOf(member) is { } parent && Origin(parent) is { } origin && !known.Contains(origin.Name)
                && Definition(parent) is { } type && !type.Assembly.Has(type.Handle, Reader.GetString(member.Name), Signature(member)))
                yield return $"{Name}: member {FullTypeNames.Of(Reader, parent)}.{Reader.GetString(member.Name)} {Signature(member)} of {type.Assembly.Name}";
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The type of that name, here or where it has been forwarded to.</summary>
    private (DesktopAssembly Assembly, TypeDefinitionHandle Handle)? Define(string name)
    {
        if (_types.TryGetValue(name, out var handle))
            return (this, handle);
        // Types inside another go where that one went.
        if (!_forwards.TryGetValue(name.Split('+')[0], out var forward))
            return null;
        var target = Reader.GetAssemblyReference((AssemblyReferenceHandle)Reader.GetExportedType(forward).Implementation);
        return _framework.Find(Reader.GetString(target.Name), target.Version)?.Define(name);
    }

    private (DesktopAssembly Assembly, TypeDefinitionHandle Handle)? Definition(TypeReferenceHandle handle) =>
        Origin(handle) is { } origin ? _framework.Find(origin.Name, origin.Version)?.Define(FullTypeNames.Of(Reader, handle)) : null;

    private (string Name, Version Version)? Origin(TypeReferenceHandle handle)
    {
        var scope = Reader.GetTypeReference(handle).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference)
            scope = Reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        if (scope.Kind != HandleKind.AssemblyReference)
            return null;
        var reference = Reader.GetAssemblyReference((AssemblyReferenceHandle)scope);
        return (Reader.GetString(reference.Name), reference.Version);
    }

    // A member of an array has no type to look into: the runtime makes it.
    private TypeReferenceHandle? ParentOf(MemberReference member) => member.Parent.Kind switch
    {
        HandleKind.TypeReference => (TypeReferenceHandle)member.Parent,
        HandleKind.TypeSpecification => GenericDefinition(Reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent)),
        _ => null,
    };

    private TypeReferenceHandle? GenericDefinition(TypeSpecification type)
    {
        var blob = Reader.GetBlobReader(type.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        blob.ReadCompressedInteger();
        return blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } definition ? (TypeReferenceHandle)definition : null;
    }

    private static string Signature(MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? member.DecodeFieldSignature(s_names, null)
        : Text(member.DecodeMethodSignature(s_names, null));

    private static string Text(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType}`{signature.GenericParameterCount}({string.Join(", ", signature.ParameterTypes)})";

    private bool Has(TypeDefinitionHandle handle, string name, string signature)
    {
        var type = Reader.GetTypeDefinition(handle);
        if (type.GetMethods().Select(Reader.GetMethodDefinition).Any(m => Reader.StringComparer.Equals(m.Name, name) && Text(m.DecodeSignature(s_names, null)) == signature)
            || type.GetFields().Select(Reader.GetFieldDefinition).Any(f => Reader.StringComparer.Equals(f.Name, name) && f.DecodeSignature(s_names, null) == signature))
            return true;

        // A compiler may name the type at hand although a base type declares the member.
        return type.BaseType.Kind switch
        {
            _ when type.BaseType.IsNil => false,
            HandleKind.TypeDefinition => Has((TypeDefinitionHandle)type.BaseType, name, signature),
            HandleKind.TypeReference => Definition((TypeReferenceHandle)type.BaseType) is { } found && found.Assembly.Has(found.Handle, name, signature),
            _ => false,
        };
    }
}
