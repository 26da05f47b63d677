namespace AstroAuth;

/// <summary>A registered vault in <c>Get-AstroDiagnostic</c>; it was not opened.</summary>
public sealed class AstroDiagnosticVault
{
    /// <summary>The name it is registered under.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The extension module behind it.</summary>
    public string Module { get; internal set; } = "";

    /// <summary>Whether it is the default vault.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>The name and the module.</summary>
    public override string ToString() => $"{Name} ({Module}){(IsDefault ? ", default" : "")}";
}
