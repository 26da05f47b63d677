// What the C# compiler looks for by name and .NET Standard 2.0 and .NET Framework lack; cmdlets and engine see these of
// Abstractions. Written down and not generated: a generator puts them into the DLLs in a random order.
namespace System.Runtime.CompilerServices
{
    /// <summary>Marks a setter that only an initializer may call.</summary>
    internal static class IsExternalInit;

    /// <summary>Marks a member that an initializer must set.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property)]
    internal sealed class RequiredMemberAttribute : Attribute;

    /// <summary>Keeps compilers off that do not know a feature.</summary>
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        /// <summary>The feature.</summary>
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Marks a constructor that sets what an initializer would have to.</summary>
    [AttributeUsage(AttributeTargets.Constructor)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}
