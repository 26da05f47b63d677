using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Airflow;

/// <summary>The runs of DAGs: list, get, trigger and delete.</summary>
internal static class AirflowRuns
{
    private static readonly string[] s_states = ["queued", "running", "success", "failed"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Runs = AirflowCall.Root + "/dags/{dagId}/dagRuns";
        routes.MapGet(Runs, AirflowCall.Handle(List));
        routes.MapPost(Runs, AirflowCall.Handle(TriggerAsync));
        routes.MapGet(Runs + "/{runId}", AirflowCall.Handle(Get));
        routes.MapDelete(Runs + "/{runId}", AirflowCall.Handle(DeleteAsync));
    }

    private static Task<IResult> List(AirflowCall call)
    {
        var query = new RequestQuery(call.Http);
        var page = query.AirflowPage();
        var sorts = query.OrderBy("id", "start_date", "logical_date", call.IsAirflow2 ? "execution_date" : "run_after");
        var states = query.Choices("state", s_states);
        query.Done();

        // A tilde asks for the runs of all DAGs.
        var dags = call.Http.Route("dagId") == "~"
            ? call.Store.Dags(call.Deployment).Where(d => call.May(d, "dagRun.get")).ToList() : [call.Dag("dagRun.get")];
        var ids = dags.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var now = call.Now;
        var found = call.Store.Runs(call.Deployment, null)
            .Where(r => ids.Contains(r.DagId) && (states.Count == 0 || states.Contains(r.StateAt(now))))
            .ToList();
        var items = found.Sorted(sorts, field => field switch
        {
            "start_date" => r => r.StartAt(now),
            "id" => r => r.Id,
            "run_after" => r => r.QueuedAt,
            _ => r => r.LogicalDate ?? r.QueuedAt,
        });
        return Task.FromResult(call.IsAirflow2
            ? Results.Json(new Runs1Page(items.Cut(page, r => Run1View.Of(r, now)), found.Count), AirflowJson.Default.Runs1Page)
            : Results.Json(new Runs2Page(items.Cut(page, r => Run2View.Of(r, now)), found.Count), AirflowJson.Default.Runs2Page));
    }

    private static Task<IResult> Get(AirflowCall call)
    {
        new RequestQuery(call.Http).Done();
        return Task.FromResult(View(call, Find(call, call.Dag("dagRun.get"))));
    }

    private static async Task<IResult> TriggerAsync(AirflowCall call)
    {
        var dag = call.Dag("dagRun.create");
        new RequestQuery(call.Http).Done();
        var body = await RequestBody.ReadAsync(call.Http);
        var logical = body.Time("logical_date");
        // Airflow 3 has runs without a date, so it wants to hear which kind is meant.
        if (!call.IsAirflow2 && !body.IsThere("logical_date"))
            body.Refuse("missing", "logical_date", "Field required");
        var id = body.Text("dag_run_id");
        var from = body.Time("data_interval_start");
        var to = body.Time("data_interval_end");
        if (from is null != to is null)
            body.Refuse("value_error", "data_interval_start", "Either both data_interval_start and data_interval_end must be provided or both must be None");
        var conf = body.Raw("conf") ?? "{}";
        var note = body.Text("note", max: 1000);
        body.Done();

        var now = call.Now;
        if (call.IsAirflow2)
            logical ??= now;
        var run = new DagRun
        {
            Id = id ?? "manual__" + AirflowText.Time(logical ?? now, isAirflow2: true), DagId = dag.Id, Type = "manual", LogicalDate = logical,
            IntervalStart = from ?? logical, IntervalEnd = to ?? logical, QueuedAt = now, Length = default, Fails = false, ConfJson = conf,
            Note = note, Triggerer = call.Caller.Profile.Username ?? call.Caller.Profile.ApiTokenName,
        };
        return View(call, call.Store.Add(call.Deployment, dag, run) ?? throw new ApiProblem(
            StatusCodes.Status409Conflict, $"DAGRun with DAG ID: '{dag.Id}' and DAGRun ID: '{run.Id}' already exists"));
    }

    private static async Task<IResult> DeleteAsync(AirflowCall call)
    {
        var dag = call.Dag("dagRun.delete");
        new RequestQuery(call.Http).Done();
        await RequestBody.ExpectNoneAsync(call.Http);
        return call.Store.Remove(call.Deployment, dag.Id, Find(call, dag).Id) ? Results.NoContent() : throw Missing(call, dag);
    }

    private static DagRun Find(AirflowCall call, Dag dag) =>
        call.Store.Runs(call.Deployment, dag.Id).Find(r => r.Id == call.Http.Route("runId")) ?? throw Missing(call, dag);

    private static ApiProblem Missing(AirflowCall call, Dag dag) =>
        AirflowProblem.NotFound($"The DagRun with dag_id: '{dag.Id}' and run_id: '{call.Http.Route("runId")}'");

    private static IResult View(AirflowCall call, DagRun run) => call.IsAirflow2
        ? Results.Json(Run1View.Of(run, call.Now), AirflowJson.Default.Run1View)
        : Results.Json(Run2View.Of(run, call.Now), AirflowJson.Default.Run2View);
}
