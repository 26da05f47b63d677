namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>A file or a link of a bundle.</summary>
/// <param name="Path">Its path below the published folder, with forward slashes.</param>
/// <param name="File">Where it lies.</param>
/// <param name="Length">Its size in bytes when it was found.</param>
/// <param name="LinkTarget">Where a link points to, seen from its own folder; null for a file.</param>
internal sealed record BundleEntry(string Path, string File, long Length, string? LinkTarget = null)
{
    internal string Folder => Path.Substring(0, Path.LastIndexOf('/') + 1);

    /// <summary>Whether Airflow takes it for DAGs: a Python file, or a zip of such.</summary>
    internal bool IsCode => LinkTarget is null
        && (Path.EndsWith(".py", System.StringComparison.Ordinal) || Path.EndsWith(".zip", System.StringComparison.Ordinal));
}
