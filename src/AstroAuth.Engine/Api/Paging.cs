using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>One page of a list (wire contract 3.3).</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, int TotalCount);

/// <summary>
/// Walks a list page by page, fetching the next two while one is handed over. Where the second of them begins is known only if
/// the first is as long as the one before; one that began at the wrong place is thrown away and fetched again.
/// </summary>
internal static class Paging
{
    internal const int LargestPage = 1000;
    private const int Ahead = 2;

    internal static async Task WalkAsync<T>(Func<int, Task<Page<T>>> fetch, Func<IReadOnlyList<T>, Task> onPage)
    {
        var offset = 0;
        var ahead = new Queue<(int Offset, Task<Page<T>> Page)>();
        ahead.Enqueue((0, fetch(0)));
        try
        {
            while (ahead.Count > 0)
            {
                var page = await ahead.Dequeue().Page;
                offset += page.Items.Count;
                if (page.Items.Count == 0)
                    return;
                Fill(ahead, fetch, offset, page);
                await onPage(page.Items);
            }
        }
        finally
        {
            Abandon(ahead);
        }
    }

    private static void Fill<T>(Queue<(int Offset, Task<Page<T>> Page)> ahead, Func<int, Task<Page<T>>> fetch, int offset, Page<T> page)
    {
        // The list has changed meanwhile, or a page was shorter than those before.
        if (ahead.Count > 0 && (ahead.Peek().Offset != offset || offset >= page.TotalCount))
            Abandon(ahead);
        for (var next = offset + ahead.Count * page.Items.Count; ahead.Count < Ahead && next < page.TotalCount; next += page.Items.Count)
            ahead.Enqueue((next, fetch(next)));
    }

    // A page that nobody wants any more is seen to its end, so that its failure is not lost to nobody.
    private static void Abandon<T>(Queue<(int Offset, Task<Page<T>> Page)> ahead)
    {
        foreach (var (_, page) in ahead)
            _ = page.ContinueWith(static t => t.Exception, TaskScheduler.Default);
        ahead.Clear();
    }
}
