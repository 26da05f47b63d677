namespace AstroAuth;

/// <summary>A loaded assembly in <c>Get-AstroDiagnostic</c>.</summary>
public sealed class AstroDiagnosticAssembly
{
    /// <summary>The simple name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The assembly's version.</summary>
    public string Version { get; internal set; } = "";

    /// <summary>The load context: Default, AstroAuth or another module's; empty in Windows PowerShell, which has none.</summary>
    public string Context { get; internal set; } = "";

    /// <summary>Whether it is the module's own copy.</summary>
    public bool IsOwn { get; internal set; }

    /// <summary>The file; empty for one that was loaded from memory.</summary>
    public string Path { get; internal set; } = "";

    /// <summary>The name, the version and the context.</summary>
    public override string ToString() => $"{Name} {Version}{(Context.Length > 0 ? $" in {Context}" : "")}{(IsOwn ? "" : $", not ours: {Path}")}";
}
