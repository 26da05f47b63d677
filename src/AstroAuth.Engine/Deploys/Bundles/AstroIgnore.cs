using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>
/// An ignore file in the syntax of .dockerignore: each pattern is for the whole path below the file's root, the last one that
/// matches decides, ! takes back, and what matches a folder matches all below it.
/// </summary>
internal sealed class AstroIgnore
{
    internal const string FileName = ".astroignore";

    private readonly List<(GlobPattern Pattern, bool IsException)> _rules = [];
    private readonly string _prefix;

    private AstroIgnore(string prefix) => _prefix = prefix;

    /// <summary>Whether a line takes something back, so that a folder that matches has to be looked into.</summary>
    internal bool HasExceptions { get; private set; }

    /// <summary>The ignore files that speak of a folder: its own .astroignore, its project's, and the project's .astro/deployignore.</summary>
    /// <exception cref="AstroException">InvalidIgnoreFile.</exception>
    internal static List<AstroIgnore> Find(string folder)
    {
        var found = new List<AstroIgnore>();
        Add(found, Path.Combine(folder, FileName), "");
        if (FindProject(folder) is not { } project)
            return found;
        var prefix = folder.Length > project.Length ? folder.Substring(project.Length).Trim(Path.DirectorySeparatorChar, '/').Replace('\\', '/') + "/" : "";
        if (prefix.Length > 0)
            Add(found, Path.Combine(project, FileName), prefix);
        Add(found, Path.Combine(project, ".astro", "deployignore"), prefix);
        return found;
    }

    /// <exception cref="AstroException">InvalidIgnoreFile.</exception>
    internal static AstroIgnore Parse(string text, string file, string prefix = "")
    {
        var rules = new AstroIgnore(prefix);
        foreach (var line in IgnoreText.Lines(text))
        {
            if (line.FirstOrDefault() == '#')
                continue;
            var pattern = line.Trim();
            var isException = pattern.FirstOrDefault() == '!';
            pattern = Clean(isException ? pattern.Substring(1) : pattern);
            if (pattern.Length == 0)
                continue;
            rules._rules.Add((GlobPattern.TryParse(pattern, anywhere: false, withBelow: true) ?? throw IgnoreText.Invalid(file, line), isException));
            rules.HasExceptions |= isException;
        }

        return rules;
    }

    /// <summary>Whether a path below the published folder is left out.</summary>
    internal bool IsIgnored(string path)
    {
        var whole = _prefix + path;
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            if (_rules[i].Pattern.IsMatch(whole))
                return !_rules[i].IsException;
        }

        return false;
    }

    // As Go's path cleaning does: no empty parts, no ".", ".." takes back a part, no slash at either end.
    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Trim().Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or ".."))
                parts.Add(part);
        }

        return string.Join("/", parts);
    }

    // An Astro project is where the CLI keeps its settings.
    private static string? FindProject(string folder)
    {
        for (var place = folder; place is not null; place = Path.GetDirectoryName(place))
        {
            if (File.Exists(Path.Combine(place, ".astro", "config.yaml")) && !string.Equals(place, Home, StringComparison.Ordinal))
                return place;
        }

        return null;
    }

    // The CLI's settings of the user are no project.
    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static void Add(List<AstroIgnore> found, string file, string prefix)
    {
        if (File.Exists(file))
            found.Add(Parse(IgnoreText.Read(file), file, prefix));
    }
}
