using AstroAuth.Emulator.Api;

namespace AstroAuth.Emulator.Airflow;

/// <summary>What the lists of both Airflows have in common.</summary>
internal static class AirflowQuery
{
    private const int MostItems = 100;

    /// <summary>Asking for more than a page holds is no error; the page is just as long as it may be.</summary>
    public static Page AirflowPage(this RequestQuery query)
    {
        var page = query.Page(maxLimit: null, otherwise: MostItems);
        return page.Limit is 0 or > MostItems ? page with { Limit = MostItems } : page;
    }

    /// <summary>The keys of an order: a field, with a minus for the other direction.</summary>
    public static IReadOnlyList<Api.SortKey> OrderBy(this RequestQuery query, params IReadOnlyList<string> fields) =>
        [.. query.Choices("order_by", [.. fields.SelectMany(f => new[] { f, "-" + f })])
            .Select(s => new Api.SortKey(s.TrimStart('-'), s.StartsWith('-')))];
}
