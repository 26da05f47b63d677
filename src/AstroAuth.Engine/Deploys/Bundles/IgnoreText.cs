using System;
using System.Collections.Generic;
using System.IO;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>Reads ignore files.</summary>
internal static class IgnoreText
{
    private const long LongestFile = 1 << 20;

    /// <exception cref="AstroException">InvalidIgnoreFile or BundleUnreadable.</exception>
    internal static string Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LongestFile)
                throw Invalid(file, "it is longer than 1 MiB");
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AstroException(nameof(Strings.BundleUnreadable), Strings.Format(Strings.BundleUnreadable, file, e.Message), AstroErrorCategory.ReadError, file);
        }
    }

    internal static IEnumerable<string> Lines(string text)
    {
        foreach (var line in text.Split('\n'))
            yield return line.TrimEnd('\r');
    }

    internal static AstroException Invalid(string file, string line) =>
        new(nameof(Strings.InvalidIgnoreFile), Strings.Format(Strings.InvalidIgnoreFile, file, line), AstroErrorCategory.InvalidArgument, file);
}
