using System.Collections.Generic;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>A set of characters in a pattern: [abc], [a-z], [!a] or [^a].</summary>
internal sealed class CharacterSet
{
    private readonly List<(char First, char Last)> _ranges = [];
    private bool _isNegated;

    /// <summary>Reads a set from behind its bracket; null when it has no end.</summary>
    internal static CharacterSet? TryRead(string pattern, ref int i)
    {
        var set = new CharacterSet();
        if (i < pattern.Length && pattern[i] is '!' or '^')
        {
            set._isNegated = true;
            i++;
        }

        for (var isFirst = true; i < pattern.Length; isFirst = false)
        {
            if (pattern[i] == ']' && !isFirst)
            {
                i++;
                return set;
            }

            var first = ReadOne(pattern, ref i);
            var last = first;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                last = ReadOne(pattern, ref i);
            }

            set._ranges.Add((first, last));
        }

        return null;
    }

    internal bool Holds(char c) => _ranges.Exists(r => r.First <= c && c <= r.Last) != _isNegated;

    private static char ReadOne(string pattern, ref int i)
    {
        if (pattern[i] == '\\' && i + 1 < pattern.Length)
            i++;
        return pattern[i++];
    }
}
