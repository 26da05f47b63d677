using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace AstroAuth.Commands;

/// <summary>Names as a user gives them to a Get cmdlet, with or without wildcards, and which of them met nothing.</summary>
internal sealed class NamePatterns
{
    private readonly (string Name, WildcardPattern Pattern)[] _patterns;
    private readonly HashSet<string> _missing;

    internal NamePatterns(string[]? names)
    {
        _patterns = (names ?? []).Select(n => (n, WildcardPattern.Get(n, WildcardOptions.IgnoreCase))).ToArray();
        _missing = new HashSet<string>(_patterns.Select(p => p.Name).Where(n => !WildcardPattern.ContainsWildcardCharacters(n)), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Says whether a name is wanted; null when all are.</summary>
    internal Func<string, bool>? Matches => _patterns.Length == 0 ? null : IsWanted;

    /// <summary>Like Get-Process: a name that was spelled out and is not there is an error, a pattern without a match is not.</summary>
    /// <param name="errorId">The id of the error.</param>
    /// <param name="text">Its text, with places for the name and the connection's.</param>
    /// <param name="connection">The connection that does not see it.</param>
    internal IEnumerable<AstroException> Missing(string errorId, string text, AstroConnection connection) =>
        _missing.Select(name => new AstroException(errorId, Strings.Format(text, name, connection.Name), AstroErrorCategory.ObjectNotFound, name));

    private bool IsWanted(string name)
    {
        var isWanted = false;
        foreach (var (text, pattern) in _patterns)
        {
            if (!pattern.IsMatch(name))
                continue;
            isWanted = true;
            _missing.Remove(text);
        }

        return isWanted;
    }
}
