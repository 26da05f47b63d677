using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>The lines of the .airflowignore files that are in force in a folder, as Airflow reads them.</summary>
internal sealed class AirflowIgnore
{
    internal const string FileName = ".airflowignore";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<Func<string, bool, bool?>> _rules;

    internal AirflowIgnore()
        : this([])
    {
    }

    private AirflowIgnore(List<Func<string, bool, bool?>> rules) => _rules = rules;

    /// <summary>These lines and those of a file further below.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="folder">Where the file lies below the published folder: empty, or with a slash at its end.</param>
    /// <param name="syntax">How the lines are to be read.</param>
    /// <param name="onInvalid">Told of a line that cannot be read; Airflow passes over it too.</param>
    internal AirflowIgnore With(string text, string folder, AstroIgnoreSyntax syntax, Action<string> onInvalid)
    {
        var rules = new List<Func<string, bool, bool?>>(_rules);
        foreach (var line in IgnoreText.Lines(text))
        {
            // Airflow takes everything from a # on as a comment, in both syntaxes.
            var comment = line.IndexOf('#');
            var pattern = comment < 0 ? line : line.Substring(0, comment).TrimEnd();
            if (pattern.Length == 0)
                continue;
            if ((syntax == AstroIgnoreSyntax.Glob ? ReadGlob(pattern, folder) : ReadRegexp(pattern)) is { } rule)
                rules.Add(rule);
            else
                onInvalid(line);
        }

        return new AirflowIgnore(rules);
    }

    /// <summary>Whether Airflow passes over a path; below a folder it passes over it looks no further.</summary>
    /// <exception cref="RegexMatchTimeoutException">A regular expression takes too long.</exception>
    internal bool IsIgnored(string path, bool isFolder)
    {
        var ignored = false;
        foreach (var rule in _rules)
            ignored = rule(path, isFolder) ?? ignored;
        return ignored;
    }

    // Found anywhere in the path below the published folder, whichever folder the file is in.
    private static Func<string, bool, bool?>? ReadRegexp(string pattern)
    {
        try
        {
            var regex = new Regex(FromPython(pattern), RegexOptions.CultureInvariant, Patience);
            return (path, _) => regex.IsMatch(path) ? true : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Named groups and the end of the text are written in another way there.
    private static string FromPython(string pattern) => pattern.Replace("(?P<", "(?<").Replace(@"\Z", @"\z");

    // As .gitignore: a slash at the start or inside ties it to the file's folder, one at the end means folders alone.
    private static Func<string, bool, bool?>? ReadGlob(string pattern, string folder)
    {
        var isException = pattern.FirstOrDefault() == '!';
        if (isException)
            pattern = pattern.Substring(1);
        if (pattern.StartsWith("\\!", StringComparison.Ordinal))
            pattern = pattern.Substring(1);
        pattern = pattern.TrimEnd(' ', '\t');
        var foldersOnly = pattern.LastOrDefault() == '/';
        var trimmed = pattern.Trim('/');
        if (trimmed.Length == 0)
            return null;
        var isTied = pattern.TrimEnd('/').AsSpan().IndexOf('/') >= 0;
        if (GlobPattern.TryParse(trimmed, anywhere: !isTied, withBelow: false) is not { } glob)
            return null;
        return (path, isFolder) => (isFolder || !foldersOnly) && path.StartsWith(folder, StringComparison.Ordinal) && glob.IsMatch(path.Substring(folder.Length))
            ? !isException
            : null;
    }
}
