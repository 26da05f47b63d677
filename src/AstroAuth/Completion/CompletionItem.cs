using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AstroAuth.Completion;

/// <summary>A text that can be completed, and what it is.</summary>
internal readonly record struct CompletionItem(string Text, string Tip);

/// <summary>Matches what was typed, quoted or not, and quotes what needs it.</summary>
internal static class CompletionItems
{
    internal static IEnumerable<CompletionResult> Complete(this IEnumerable<CompletionItem> items, string wordToComplete)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return items
            .Where(item => item.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(item => new CompletionResult(Quote(item.Text), item.Text, CompletionResultType.ParameterValue, item.Tip));
    }

    private static string Quote(string text)
    {
        var isPlain = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') && text[0] is not '-' and not '.';
        return isPlain ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
    }
}
