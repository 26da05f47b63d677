using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Tokens;

/// <summary>
/// What AstroAuth notes in a token's description about work that is not finished: <c>[astroauth:verb key=value ...]</c>.
/// It may stand anywhere in the text, so that it survives a user who edits around it; the text is the user's.
/// </summary>
internal sealed class DescriptionMarker
{
    /// <summary>The longest description Astro takes (wire contract 4.1).</summary>
    internal const int LongestDescription = 500;

    private const string Pattern = @"\[astroauth:(?<verb>[a-z]+)(?<rest>(?: [^\[\]\s]+)*)\]";

    private readonly List<KeyValuePair<string, string>> _fields;

    internal DescriptionMarker(string verb, IEnumerable<KeyValuePair<string, string>> fields)
    {
        Verb = verb;
        _fields = [.. fields];
    }

    /// <summary>What is under way, e.g. <c>creating</c>.</summary>
    internal string Verb { get; }

    /// <summary>The value of a field, or null.</summary>
    internal string? this[string key] => _fields.Find(f => f.Key == key).Value;

    /// <summary>The first marker of a description, or null.</summary>
    internal static DescriptionMarker? Find(string? description)
    {
        var match = Match(description);
        return match.Success ? new DescriptionMarker(match.Groups["verb"].Value, Parse(match.Groups["rest"].Value)) : null;
    }

    /// <summary>The first marker with one of these verbs, or null.</summary>
    internal static DescriptionMarker? Find(string? description, params string[] verbs)
    {
        for (var match = Match(description); match.Success; match = match.NextMatch())
        {
            if (Array.IndexOf(verbs, match.Groups["verb"].Value) >= 0)
                return new DescriptionMarker(match.Groups["verb"].Value, Parse(match.Groups["rest"].Value));
        }

        return null;
    }

    /// <summary>The description without its markers: the user's own text.</summary>
    internal static string Strip(string? description)
    {
        var text = description ?? "";
        for (var match = Match(text); match.Success; match = Match(text))
        {
            // The blank that was put before the marker goes with it.
            var start = match.Index > 0 && text[match.Index - 1] == ' ' ? match.Index - 1 : match.Index;
            text = text.Remove(start, match.Index + match.Length - start);
        }

        return text;
    }

    /// <summary>The user's text, free of former markers, with this marker after it; null when both do not fit.</summary>
    internal string? AppendTo(string? description, int longest = LongestDescription)
    {
        var text = Strip(description);
        var whole = text.Length == 0 ? ToString() : $"{text} {this}";
        return whole.Length <= longest ? whole : null;
    }

    /// <summary>The marker as it stands in a description.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("[astroauth:").Append(Verb);
        foreach (var field in _fields)
        {
            text.Append(' ').Append(field.Key);
            if (field.Value.Length > 0)
                text.Append('=').Append(field.Value);
        }

        return text.Append(']').ToString();
    }

    private static Match Match(string? description) =>
        Regex.Match(description ?? "", Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static IEnumerable<KeyValuePair<string, string>> Parse(string fields)
    {
        foreach (var field in fields.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = field.IndexOf('=');
            yield return equals < 0 ? new(field, "") : new(field.Substring(0, equals), field.Substring(equals + 1));
        }
    }
}
