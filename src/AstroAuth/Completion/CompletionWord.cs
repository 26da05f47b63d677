using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace AstroAuth.Completion;

/// <summary>What was typed of an argument, and how what completes it has to be written there.</summary>
internal readonly struct CompletionWord
{
    private readonly string _typed;
    private readonly char _quote;
    private readonly bool _takesWildcards;

    /// <summary>Reads what PowerShell hands over: the value, within the quotes it was begun with.</summary>
    internal CompletionWord(string? word, bool takesWildcards)
    {
        word ??= "";
        _takesWildcards = takesWildcards;
        _quote = word.Length > 0 && word[0] is '\'' or '"' ? word[0] : '\0';
        if (_quote == '\0')
        {
            _typed = word;
            return;
        }

        // PowerShell closes the quotes in some versions and leaves them open in others.
        var end = word.Length > 1 && word[word.Length - 1] == _quote ? word.Length - 1 : word.Length;
        _typed = word.Substring(1, end - 1);
    }

    /// <summary>The items that begin with it by text or label, or match it as a pattern; where there are none, those whose id begins with it.</summary>
    internal IEnumerable<CompletionResult> Complete(IEnumerable<CompletionItem> items)
    {
        var all = items.Where(i => i.Text.Length > 0).ToList();
        var found = Match(all).ToList();
        var typed = _typed;
        if (found.Count == 0 && typed.Length > 0)
        {
            found = all.Where(i => i.Id?.StartsWith(typed, StringComparison.Ordinal) == true)
                .Select(i => i with { Text = i.Id!, Label = $"{i.Label ?? i.Text} ({i.Id})" }).ToList();
        }

        var word = this;
        return found.Select(word.ToResult).OfType<CompletionResult>();
    }

    private IEnumerable<CompletionItem> Match(List<CompletionItem> items)
    {
        var typed = _typed;
        var literal = WildcardPattern.Unescape(typed);
        var pattern = ToPattern(typed);
        return items.Where(i => IsMatch(i.Text) || (i.Label is { } label && IsMatch(label)));

        bool IsMatch(string text) =>
            text.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            || text.StartsWith(literal, StringComparison.OrdinalIgnoreCase)
            || pattern?.IsMatch(text) == true;
    }

    // A bracket that is not closed yet makes no pattern.
    private static WildcardPattern? ToPattern(string typed)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(typed))
            return null;
        try
        {
            var pattern = WildcardPattern.Get(typed + "*", WildcardOptions.IgnoreCase);
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }

    private CompletionResult? ToResult(CompletionItem item)
    {
        // What would move the cursor, colour the screen or turn the line around is never put into a command line.
        var text = item.Text.All(IsShown) ? item.Text : item.Id;
        if (text is null)
            return null;
        var label = Show(item.Label ?? item.Text);
        return new CompletionResult(Write(text), label, CompletionResultType.ParameterValue, item.Tip.Length > 0 ? Show(item.Tip) : label);
    }

    private string Write(string text)
    {
        if (_takesWildcards)
            text = Prefix(text, c => c is '*' or '?' or '[' or ']' or '`');
        if (_quote == '"')
            return '"' + Prefix(text, c => c is '`' or '$' or '"' or '\u201C' or '\u201D' or '\u201E') + '"';
        return _quote == '\0' && IsBare(text) ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
    }

    // A first digit could make a number of it.
    private static bool IsBare(string text) =>
        (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');

    private static string Prefix(string text, Func<char, bool> isSpecial)
    {
        var written = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (isSpecial(c))
                written.Append('`');
            written.Append(c);
        }

        return written.ToString();
    }

    private static string Show(string text) => text.All(IsShown) ? text : new string(text.Select(c => IsShown(c) ? c : '\uFFFD').ToArray());

    // Joiners make emoji and whole scripts; other invisible characters only deceive.
    private static bool IsShown(char c) => c is '\u200C' or '\u200D'
        || CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
