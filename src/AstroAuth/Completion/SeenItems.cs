using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AstroAuth.Session;

namespace AstroAuth.Completion;

/// <summary>Makes of things that were seen what can be completed: their names, their ids, or their parts.</summary>
internal static class SeenItems
{
    /// <summary>Each by its name, or by its id where others have the name too.</summary>
    internal static IEnumerable<CompletionItem> ByName(this IEnumerable<SeenThing> things) => things
        .GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase)
        .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
        .SelectMany(g => g.Count() == 1
            ? g.Select(t => new CompletionItem(t.Name, Tip(t)) { Id = t.Id })
            : g.Select(t => new CompletionItem(t.Id, Tip(t)) { Label = $"{t.Name} ({t.Id})" }));

    /// <summary>The names, each once: a pattern stands for all that have it.</summary>
    internal static IEnumerable<CompletionItem> ByPattern(this IEnumerable<SeenThing> things) => things
        .GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase)
        .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
        .Select(g => new CompletionItem(g.Key, g.Count() == 1 ? Tip(g.First()) : $"{g.Count()} of this name"));

    /// <summary>Each by its id, found by its name too.</summary>
    internal static IEnumerable<CompletionItem> ById(this IEnumerable<SeenThing> things) => things
        .OrderBy(t => t.Name, StringComparer.OrdinalIgnoreCase)
        .ThenBy(t => t.Id, StringComparer.Ordinal)
        .Select(t => new CompletionItem(t.Id, Tip(t)) { Label = t.Name.Length > 0 ? $"{t.Name} ({t.Id})" : null });

    /// <summary>Each by its id, the newest first, with its time.</summary>
    internal static IEnumerable<CompletionItem> ByTime(this IEnumerable<SeenThing> things) => things
        .GroupBy(t => t.Id, StringComparer.Ordinal)
        .Select(g => g.Last())
        .OrderByDescending(t => t.MadeOn ?? DateTimeOffset.MinValue)
        .ThenBy(t => t.Id, StringComparer.Ordinal)
        .Select(t => new CompletionItem(t.Id, t.MadeOn is { } on ? $"{Date(on, "yyyy-MM-dd HH:mm")}Z {t.Detail}" : t.Detail));

    /// <summary>Texts, each once.</summary>
    internal static IEnumerable<CompletionItem> ByText(this IEnumerable<(string Text, string Tip)> texts) => texts
        .GroupBy(t => t.Text, StringComparer.OrdinalIgnoreCase)
        .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
        .Select(g => new CompletionItem(g.Key, g.First().Tip));

    private static string Tip(SeenThing thing)
    {
        var detail = thing.Kind is SeenKind.ApiToken or SeenKind.AgentToken ? Describe(thing) : thing.Detail;
        return $"{thing.Name}{(thing.Id == thing.Name ? "" : $" ({thing.Id})")} {detail}".Trim();
    }

    private static string Describe(SeenThing token)
    {
        var roles = string.Join(", ", token.Parts);
        var end = token.ExpiresOn switch
        {
            null => "never expires",
            { } past when past <= DateTimeOffset.UtcNow => $"expired {Date(past, "yyyy-MM-dd")}",
            { } future => $"expires {Date(future, "yyyy-MM-dd")}",
        };
        return string.Join(", ", new[] { token.Kind == SeenKind.AgentToken ? "agent token" : $"{token.Scope?.ToLowerInvariant()} token".TrimStart(), roles, end }.Where(t => t.Length > 0));
    }

    private static string Date(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
