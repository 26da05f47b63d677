using System;
using System.Collections.Generic;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>
/// A pattern of an ignore file: *, ? and [sets] within a name, ** across folders. It is walked as a set of states, not by
/// trying, so that no pattern takes long.
/// </summary>
internal sealed class GlobPattern
{
    private readonly List<Token> _tokens = [];

    private GlobPattern()
    {
    }

    private enum Kind
    {
        /// <summary>A certain character.</summary>
        Literal,

        /// <summary>Any character of a name.</summary>
        One,

        /// <summary>A character of a set.</summary>
        Set,

        /// <summary>Any run of characters within a name, or none.</summary>
        Run,

        /// <summary>Any run of characters, or none.</summary>
        Anything,

        /// <summary>Skips the next one, or begins it.</summary>
        Maybe,

        /// <summary>Whole folders, with the slash after them.</summary>
        Folders,

        /// <summary>The end, or a slash and what the next one takes.</summary>
        EndOrSlash,
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern, without a slash at either end.</param>
    /// <param name="anywhere">It may begin in any folder.</param>
    /// <param name="withBelow">What lies below a match matches too.</param>
    /// <returns>The pattern, or null when it holds a set without an end.</returns>
    internal static GlobPattern? TryParse(string pattern, bool anywhere, bool withBelow)
    {
        var glob = new GlobPattern();
        if (anywhere)
            glob.Add(Kind.Maybe, Kind.Folders);
        var i = 0;
        while (i < pattern.Length)
        {
            var c = pattern[i++];
            if (c == '*')
            {
                glob.ReadStars(pattern, ref i);
            }
            else if (c == '?')
            {
                glob.Add(Kind.One);
            }
            else if (c == '[')
            {
                if (CharacterSet.TryRead(pattern, ref i) is not { } set)
                    return null;
                glob._tokens.Add(new Token(Kind.Set, Set: set));
            }
            else
            {
                glob._tokens.Add(new Token(Kind.Literal, c == '\\' && i < pattern.Length ? pattern[i++] : c));
            }
        }

        if (withBelow)
            glob.Add(Kind.EndOrSlash, Kind.Anything);
        return glob;
    }

    /// <summary>Whether the whole of a path, with forward slashes, matches.</summary>
    internal bool IsMatch(string path)
    {
        var now = new bool[_tokens.Count + 1];
        var next = new bool[_tokens.Count + 1];
        Enter(now, 0);
        foreach (var c in path)
        {
            Array.Clear(next, 0, next.Length);
            for (var i = 0; i < _tokens.Count; i++)
            {
                if (now[i])
                    Step(next, i, c);
            }

            (now, next) = (next, now);
        }

        return now[_tokens.Count];
    }

    private void ReadStars(string pattern, ref int i)
    {
        var isAcross = i < pattern.Length && pattern[i] == '*';
        while (i < pattern.Length && pattern[i] == '*')
            i++;
        if (!isAcross)
        {
            Add(Kind.Run);
        }
        else if (i < pattern.Length && pattern[i] == '/')
        {
            i++;
            Add(Kind.Maybe, Kind.Folders);
        }
        else
        {
            Add(Kind.Anything);
        }
    }

    private void Step(bool[] next, int i, char c)
    {
        var token = _tokens[i];
        switch (token.Kind)
        {
            case Kind.Literal when c == token.Character:
            case Kind.One when c != '/':
            case Kind.Set when c != '/' && token.Set!.Holds(c):
            case Kind.EndOrSlash when c == '/':
                Enter(next, i + 1);
                break;
            case Kind.Run when c != '/':
            case Kind.Anything:
                Enter(next, i);
                break;
            case Kind.Folders:
                next[i] = true;
                if (c == '/')
                    Enter(next, i + 1);
                break;
        }
    }

    // Marks a state and those that are reached from it without a character.
    private void Enter(bool[] states, int i)
    {
        while (!states[i])
        {
            states[i] = true;
            if (i == _tokens.Count)
                return;
            switch (_tokens[i].Kind)
            {
                case Kind.Run or Kind.Anything:
                    i++;
                    break;
                case Kind.Maybe:
                    states[i + 1] = true;
                    i += 2;
                    break;
                case Kind.EndOrSlash:
                    i += 2;
                    break;
                default:
                    return;
            }
        }
    }

    private void Add(params Kind[] kinds)
    {
        foreach (var kind in kinds)
            _tokens.Add(new Token(kind));
    }

    private sealed record Token(Kind Kind, char Character = '\0', CharacterSet? Set = null);
}
