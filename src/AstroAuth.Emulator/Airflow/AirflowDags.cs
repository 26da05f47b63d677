using System.Text.RegularExpressions;
using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Airflow;

/// <summary>Airflow's version and its DAGs: list, get, pause and let run.</summary>
internal static class AirflowDags
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AirflowCall.Root + "/version", AirflowCall.Handle(Version));
        routes.MapGet(AirflowCall.Root + "/dags", AirflowCall.Handle(List));
        routes.MapGet(AirflowCall.Root + "/dags/{dagId}", AirflowCall.Handle(Get));
        routes.MapPatch(AirflowCall.Root + "/dags/{dagId}", AirflowCall.Handle(PatchAsync));
    }

    private static Task<IResult> Version(AirflowCall call)
    {
        new RequestQuery(call.Http).Done();
        return Task.FromResult(Results.Json(new VersionView(call.Deployment.AirflowVersion, null), AirflowJson.Default.VersionView));
    }

    private static Task<IResult> List(AirflowCall call)
    {
        var query = new RequestQuery(call.Http);
        var page = query.AirflowPage();
        var sorts = query.OrderBy("dag_id");
        var tags = query.Many("tags");
        var pattern = query.Text("dag_id_pattern");
        var paused = query.Choice("paused", "true", "false");
        query.Choice(call.IsAirflow2 ? "only_active" : "exclude_stale", "true", "false");
        query.Done();

        // In a pattern % stands for anything and _ for one character, as in SQL.
        var like = pattern is null ? null
            : new Regex(Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.'), RegexOptions.IgnoreCase);
        var found = call.Store.Dags(call.Deployment)
            .Where(d => call.May(d, "dag.get") && (tags.Count == 0 || tags.Any(d.Tags.Contains)) && like?.IsMatch(d.Id) != false
                && (paused is null || d.IsPaused == (paused == "true")))
            .ToList();
        var items = found.Sorted(sorts, static _ => d => d.Id);
        return Task.FromResult(call.IsAirflow2
            ? Results.Json(new Dags1Page(items.Cut(page, Dag1View.Of), found.Count), AirflowJson.Default.Dags1Page)
            : Results.Json(new Dags2Page(items.Cut(page, Dag2View.Of), found.Count), AirflowJson.Default.Dags2Page));
    }

    private static Task<IResult> Get(AirflowCall call)
    {
        new RequestQuery(call.Http).Done();
        return Task.FromResult(View(call, call.Dag("dag.get")));
    }

    private static async Task<IResult> PatchAsync(AirflowCall call)
    {
        var dag = call.Dag("dag.update");
        var query = new RequestQuery(call.Http);
        query.Choices("update_mask", "is_paused");
        query.Done();
        var body = await RequestBody.ReadAsync(call.Http);
        var paused = body.Flag("is_paused", required: true);
        body.Done();
        var changed = call.Store.Change(call.Deployment, dag.Id, d => d with { IsPaused = paused!.Value })
            ?? throw AirflowProblem.NotFound($"The DAG with dag_id: '{dag.Id}'");
        return View(call, changed);
    }

    private static IResult View(AirflowCall call, Dag dag) => call.IsAirflow2
        ? Results.Json(Dag1View.Of(dag), AirflowJson.Default.Dag1View)
        : Results.Json(Dag2View.Of(dag), AirflowJson.Default.Dag2View);
}
