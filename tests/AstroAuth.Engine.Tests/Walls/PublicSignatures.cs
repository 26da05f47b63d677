using System.Reflection;
using System.Reflection.Metadata;

namespace AstroAuth.Engine.Tests.Walls;

/// <summary>Walks everything of an assembly that a user of it can see.</summary>
internal sealed class PublicSignatures
{
    private readonly MetadataReader _reader;
    private readonly TypeNames _types;
    private string _at = "";

    public PublicSignatures(MetadataReader reader)
    {
        _reader = reader;
        _types = new TypeNames(See);
        foreach (var type in reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(IsVisible))
            Walk(type);
    }

    /// <summary>Each assembly that is shown, and where it was first.</summary>
    public Dictionary<string, string> Assemblies { get; } = [];

    private void Walk(TypeDefinition type)
    {
        var name = _reader.GetString(type.Name);
        _at = name;
        See(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations())
            See(_reader.GetInterfaceImplementation(implemented).Interface);
        foreach (var parameter in type.GetGenericParameters())
        {
            foreach (var constraint in _reader.GetGenericParameter(parameter).GetConstraints())
                See(_reader.GetGenericParameterConstraint(constraint).Type);
        }

        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition).Where(f => IsSeen((int)f.Attributes)))
        {
            _at = $"{name}.{_reader.GetString(field.Name)}";
            field.DecodeSignature(_types, null);
        }

        // Properties and events are seen through their methods.
        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition).Where(m => IsSeen((int)m.Attributes)))
        {
            _at = $"{name}.{_reader.GetString(method.Name)}";
            method.DecodeSignature(_types, null);
        }
    }

    // Fields and methods have the same bits for access.
    private static bool IsSeen(int attributes) => (MethodAttributes)attributes is var all
        && (all & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily => IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private void See(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        if (handle.Kind == HandleKind.TypeReference)
            See(_reader, (TypeReferenceHandle)handle);
        else if (handle.Kind == HandleKind.TypeSpecification)
            _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_types, null);
    }

    private void See(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        if (scope.Kind == HandleKind.TypeReference)
            See(reader, (TypeReferenceHandle)scope);
        else if (scope.Kind == HandleKind.AssemblyReference)
            Assemblies.TryAdd(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name), _at);
    }
}
