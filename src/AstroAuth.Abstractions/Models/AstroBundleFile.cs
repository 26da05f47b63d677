namespace AstroAuth;

/// <summary>A file or link that goes, or would go, into a bundle.</summary>
public sealed class AstroBundleFile
{
    /// <summary>Its path in the bundle, with forward slashes.</summary>
    public string Path { get; internal set; } = "";

    /// <summary>Its size in bytes; 0 for a link.</summary>
    public long Length { get; internal set; }

    /// <summary>Where a link points to, seen from its own folder; null for a file.</summary>
    public string? LinkTarget { get; internal set; }

    /// <summary>Where it lies on this machine.</summary>
    public string FullName { get; internal set; } = "";

    /// <summary>The path in the bundle.</summary>
    public override string ToString() => Path;
}
