using System;
using System.Linq;

namespace AstroAuth.Engine.Api;

/// <summary>A path that a user gives below the root of an API: checked that it stays there, and encoded.</summary>
internal static class RelativePath
{
    /// <summary>Why the text is no such path, or null when it is one.</summary>
    internal static string? FindFault(string relative, string root)
    {
        if (relative.Length == 0)
            return "it is empty";
        if (relative.Contains("://") || relative.Contains('?') || relative.Contains('#') || relative.Contains('\\') || relative.Contains("//") || relative[0] == '/')
            return $"give the part after {root} alone, and parameters with -Query";
        // What is behind a gateway may decode once more than it should.
        var decoded = Uri.UnescapeDataString(relative);
        return decoded.Any(char.IsControl) || decoded.Split('/', '\\').Any(part => part is "." or "..") ? "it leads out of the API" : null;
    }

    /// <summary>Each part encoded once, whether it was before or not.</summary>
    internal static string Encode(string relative) =>
        string.Join("/", relative.Split('/').Select(part => Uri.EscapeDataString(Uri.UnescapeDataString(part))));
}
