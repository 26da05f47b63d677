using System;
using System.IO;

namespace AstroAuth.Engine.Platform;

/// <summary>Which file of extra trusted roots holds now; another file or another state of it is another value.</summary>
internal sealed record TrustedRoots(string? CaFile, DateTime WrittenOn)
{
    /// <summary>The file that ASTRO_CA_FILE names, or none.</summary>
    internal static TrustedRoots FromEnvironment() =>
        Environment.GetEnvironmentVariable("ASTRO_CA_FILE") is { Length: > 0 } file
            ? new TrustedRoots(file, WhenWritten(file))
            : new TrustedRoots(null, default);

    /// <summary>Reads the file, if there is one.</summary>
    /// <exception cref="AstroException">InvalidCaFile.</exception>
    internal void Check()
    {
        if (CaFile is not null)
            PrimaryHandler.ReadRoots(CaFile);
    }

    // What cannot be a path is told of when the file is read.
    private static DateTime WhenWritten(string file)
    {
        try
        {
            return File.GetLastWriteTimeUtc(file);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
