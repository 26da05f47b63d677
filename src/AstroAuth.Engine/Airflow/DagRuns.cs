using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Airflow;

/// <summary>The runs of DAGs: find, start and wait for them.</summary>
internal sealed class DagRuns
{
    private const int Conflict = 409;
    private const int FailedLooksInARow = 5;

    private readonly AirflowSite _site;

    internal DagRuns(AirflowSite site) => _site = site;

    internal async Task<AstroDagRun> GetAsync(string dagId, string runId) =>
        (await _site.GetAsync(Item(dagId, runId), [], AirflowJson.Default.DagRunAnswer)).ToModel(_site.Deployment);

    internal Task ListAsync(AstroDagRunQuery query, Func<IReadOnlyList<AstroDagRun>, Task> onPage) => Paging.WalkAsync(
        offset => FetchAsync(query, offset),
        page => onPage(page.Select(r => r.ToModel(_site.Deployment)).ToList()));

    /// <summary>The run has its id before it is asked for, so that asking twice starts it once.</summary>
    internal async Task<AstroDagRun> StartAsync(AstroDagRunStart start)
    {
        var runId = start.RunId ?? NewId(start.LogicalDate ?? _site.Api.Session.Clock.GetUtcNow());
        var request = _site.Request(HttpMethod.Post, Dags.Item(start.DagId) + "/dagRuns") with { Body = BodyOf(start, runId), IsSafeToRepeat = true };
        var reply = await _site.TryAsync(request);
        if (reply.IsSuccess)
            return AirflowRequests.Parse(reply, _site, AirflowJson.Default.DagRunAnswer).ToModel(_site.Deployment);
        if (reply.StatusCode != Conflict)
            throw AirflowFailure.From(reply, _site);

        // An earlier try may have started it, though its answer was lost; the first one cannot have met itself.
        if (reply.Tries > 1 && await FindAsync(start.DagId, runId) is { } started)
            return started;
        throw new AstroException(
            nameof(Strings.DagRunExists),
            Strings.Format(Strings.DagRunExists, start.DagId, _site.Deployment.Name, runId),
            AstroErrorCategory.ResourceExists,
            runId);
    }

    internal async Task<AstroDagRun> WaitAsync(AstroDagRun run, AstroDagRunWait wait, Action<AstroDagRun> onLook)
    {
        var clock = _site.Api.Session.Clock;
        var until = wait.AtMost is { } most ? clock.GetUtcNow() + most : DateTimeOffset.MaxValue;
        for (var failures = 0; ;)
        {
            try
            {
                run = await GetAsync(run.DagId, run.RunId);
                failures = 0;
                onLook(run);
                if (run.HasEnded)
                    return run;
            }
            catch (AstroException e) when (IsPassing(e) && ++failures < FailedLooksInARow)
            {
                // Who waits for hours does not give up because of one bad minute.
                _site.Api.Call.Sink.Verbose($"A look at run {run.RunId} failed ({e.Message})");
            }

            if (clock.GetUtcNow() >= until)
                throw TimedOut(run, wait.AtMost!.Value);
            await Task.Delay(wait.Interval, _site.Api.Call.CancellationToken);
        }
    }

    private static bool IsPassing(AstroException e) => e is AstroNetworkException or AstroApiException { StatusCode: >= 500 or 429 };

    private static AstroException TimedOut(AstroDagRun run, TimeSpan after) => new(
        nameof(Strings.DagRunWaitTimeout),
        Strings.Format(Strings.DagRunWaitTimeout, run.RunId, run.DagId, run.State, Days.Say(after)),
        AstroErrorCategory.OperationTimeout,
        run.RunId);

    private async Task<AstroDagRun?> FindAsync(string dagId, string runId)
    {
        try
        {
            return await GetAsync(dagId, runId);
        }
        catch (AstroApiException e) when (e.StatusCode == 404)
        {
            return null;
        }
    }

    private async Task<Page<DagRunAnswer>> FetchAsync(AstroDagRunQuery query, int offset)
    {
        var parameters = query.States.Select(s => new KeyValuePair<string, string>("state", s)).ToList();
        parameters.Add(new("order_by", _site.IsAirflow2 ? "-execution_date" : "-run_after"));
        parameters.Add(new("limit", Dags.PageSize));
        parameters.Add(new("offset", offset.ToString(CultureInfo.InvariantCulture)));
        // A tilde stands for all DAGs.
        var page = await _site.GetAsync(Dags.Item(query.DagId ?? "~") + "/dagRuns", parameters, AirflowJson.Default.DagRunAnswerPage);
        return new Page<DagRunAnswer>(page.Runs ?? [], page.TotalEntries);
    }

    private byte[] BodyOf(AstroDagRunStart start, string runId)
    {
        var members = new List<KeyValuePair<string, object?>> { new("dag_run_id", runId), new("conf", AirflowRequests.ReadConf(start.Conf)) };
        // Airflow 3 has runs without a logical date and wants to hear that one is meant; Airflow 2 puts the present.
        if (start.LogicalDate is not null || !_site.IsAirflow2)
            members.Add(new("logical_date", start.LogicalDate?.ToUniversalTime()));
        if (start.Note is not null)
            members.Add(new("note", start.Note));
        return PlainJson.Write(members);
    }

    private static string NewId(DateTimeOffset time) =>
        "manual__" + time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00_'", CultureInfo.InvariantCulture) + Guid.NewGuid().ToString("n").Remove(8);

    private static string Item(string dagId, string runId) => $"{Dags.Item(dagId)}/dagRuns/{Uri.EscapeDataString(runId)}";
}
