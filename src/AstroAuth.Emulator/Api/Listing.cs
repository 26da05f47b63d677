namespace AstroAuth.Emulator.Api;

/// <summary>Ordering and cutting of lists.</summary>
internal static class Listing
{
    /// <summary>Orders by the asked keys, in their order; without keys the list stays as it is.</summary>
    public static IEnumerable<T> Sorted<T>(this IEnumerable<T> items, IReadOnlyList<SortKey> keys, Func<string, Func<T, IComparable?>> by)
    {
        IOrderedEnumerable<T>? ordered = null;
        foreach (var key in keys)
        {
            var value = by(key.Field);
            ordered = (ordered, key.Descending) switch
            {
                (null, false) => items.OrderBy(value, KeyComparer.Instance),
                (null, true) => items.OrderByDescending(value, KeyComparer.Instance),
                (not null, false) => ordered.ThenBy(value, KeyComparer.Instance),
                (not null, true) => ordered.ThenByDescending(value, KeyComparer.Instance),
            };
        }

        return ordered ?? items;
    }

    public static IReadOnlyList<TOut> Cut<T, TOut>(this IEnumerable<T> items, Page page, Func<T, TOut> view) =>
        [.. items.Skip(page.Offset).Take(page.Limit).Select(view)];

    /// <summary>Text by its code points, so that an order is the same on every machine.</summary>
    private sealed class KeyComparer : IComparer<IComparable?>
    {
        public static KeyComparer Instance { get; } = new();

        public int Compare(IComparable? x, IComparable? y) =>
            x is string a && y is string b ? string.CompareOrdinal(a, b) : Comparer<IComparable?>.Default.Compare(x, y);
    }
}
