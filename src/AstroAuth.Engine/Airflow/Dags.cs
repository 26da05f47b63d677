using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Airflow;

/// <summary>The DAGs of a deployment's Airflow.</summary>
internal sealed class Dags
{
    /// <summary>What Airflow gives at most, unless its owner set another number.</summary>
    internal const string PageSize = "100";

    private readonly AirflowSite _site;

    internal Dags(AirflowSite site) => _site = site;

    internal async Task<AstroDag> GetAsync(string dagId) =>
        (await _site.GetAsync(Item(dagId), [], AirflowJson.Default.DagAnswer)).ToModel(_site.Deployment);

    internal Task ListAsync(AstroDagQuery query, Func<IReadOnlyList<AstroDag>, Task> onPage) => Paging.WalkAsync(
        offset => FetchAsync(query, offset),
        page => onPage(page.Where(d => Wants(query, d)).Select(d => d.ToModel(_site.Deployment)).ToList()));

    internal async Task<AstroDag> SetPausedAsync(string dagId, bool isPaused)
    {
        var request = _site.Request(new HttpMethod("PATCH"), Item(dagId)) with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new DagPauseBody { IsPaused = isPaused }, AirflowJson.Default.DagPauseBody),
        };
        return (await _site.ReadAsync(request, AirflowJson.Default.DagAnswer)).ToModel(_site.Deployment);
    }

    internal static string Item(string dagId) => "dags/" + Uri.EscapeDataString(dagId);

    private async Task<Page<DagAnswer>> FetchAsync(AstroDagQuery query, int offset)
    {
        var parameters = query.Tags.Select(t => new KeyValuePair<string, string>("tags", t)).ToList();
        parameters.Add(new("order_by", "dag_id"));
        parameters.Add(new("limit", PageSize));
        parameters.Add(new("offset", offset.ToString(CultureInfo.InvariantCulture)));
        var page = await _site.GetAsync("dags", parameters, AirflowJson.Default.DagAnswerPage);
        return new Page<DagAnswer>(page.Dags ?? [], page.TotalEntries);
    }

    // Older Airflows do not know a filter by pause, and refuse it.
    private static bool Wants(AstroDagQuery query, DagAnswer dag) =>
        query.Matches?.Invoke(dag.DagId) != false && (query.IsPaused is null || (dag.IsPaused ?? false) == query.IsPaused);
}
