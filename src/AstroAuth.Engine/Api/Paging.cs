using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>One page of a list (wire contract 3.3).</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, int TotalCount);

/// <summary>Walks a list page by page, fetching the next while one is handed over.</summary>
internal static class Paging
{
    internal const int LargestPage = 1000;

    internal static async Task WalkAsync<T>(Func<int, Task<Page<T>>> fetch, Func<IReadOnlyList<T>, Task> onPage)
    {
        var offset = 0;
        var next = fetch(0);
        while (true)
        {
            var page = await next;
            offset += page.Items.Count;
            var isLast = page.Items.Count == 0 || offset >= page.TotalCount;
            if (!isLast)
                next = fetch(offset);
            if (page.Items.Count > 0)
                await HandOverAsync(onPage, page.Items, isLast ? null : next);
            if (isLast)
                return;
        }
    }

    // When the consumer stops, the page under way is seen to its end so that its failure is not lost to nobody.
    private static async Task HandOverAsync<T>(Func<IReadOnlyList<T>, Task> onPage, IReadOnlyList<T> items, Task? next)
    {
        try
        {
            await onPage(items);
        }
        catch
        {
            _ = next?.ContinueWith(static t => t.Exception, TaskScheduler.Default);
            throw;
        }
    }
}
