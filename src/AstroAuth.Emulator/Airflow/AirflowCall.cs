using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Airflow;

/// <summary>A call that has reached a deployment's Airflow: which one, whose, and what that one may do.</summary>
internal sealed class AirflowCall(
    HttpContext context, Deployment deployment, Caller caller, AirflowRules rules, AirflowStore store, DeploymentLife life)
{
    public const string Prefix = "/airflow";
    public const string Root = Prefix + "/{space}/api/{version}";

    public HttpContext Http => context;
    public Deployment Deployment => deployment;
    public Caller Caller => caller;
    public AirflowStore Store => store;
    public DateTimeOffset Now => life.Now;
    public bool IsAirflow2 => deployment.IsAirflow2;

    public bool May(Dag dag, string permission) => rules.OnDag(caller, deployment, dag, permission);

    /// <summary>The DAG of the path, for who may see it.</summary>
    public Dag Dag(string permission)
    {
        var id = context.Route("dagId");
        var dag = store.Dags(deployment).Find(d => d.Id == id);
        if (dag is null || !May(dag, "dag.get"))
            throw rules.OnAirflow(caller, deployment, "dag.get") || dag is null && AirflowRules.HoldsDagRole(caller, deployment)
                ? AirflowProblem.NotFound($"The DAG with dag_id: '{id}'") : ApiProblem.Forbidden("Forbidden");
        return May(dag, permission) ? dag : throw ApiProblem.Forbidden("Forbidden");
    }

    /// <summary>Takes a route through the ingress, the sign-in and the version check, and answers in Airflow's own way.</summary>
    public static RequestDelegate Handle(Func<AirflowCall, Task<IResult>> handle) => async context =>
    {
        var services = context.RequestServices;
        var directory = services.GetRequiredService<AstroDirectory>();
        var life = services.GetRequiredService<DeploymentLife>();
        var deployment = directory.Deployments.FirstOrDefault(d => d.Namespace == context.Route("space"));
        var status = deployment is null ? "" : life.StatusOf(deployment).Status;
        if (deployment is null || status is "CREATING" or "HIBERNATING")
        {
            await Ingress(status == "HIBERNATING" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status404NotFound).ExecuteAsync(context);
            return;
        }

        var version = context.Route("version");
        if (version != (deployment.IsAirflow2 ? "v1" : "v2"))
        {
            await Elsewhere(deployment, version).ExecuteAsync(context);
            return;
        }

        IResult result;
        try
        {
            var gate = await services.GetRequiredService<BearerGate>().CheckAsync(context.Request.Headers.Authorization, recordUse: true);
            var caller = gate.Caller ?? throw new ApiProblem(StatusCodes.Status401Unauthorized, "Unauthorized: " + gate.Reason);
            var call = new AirflowCall(
                context, deployment, caller, services.GetRequiredService<AirflowRules>(), services.GetRequiredService<AirflowStore>(), life);
            result = await handle(call);
        }
        catch (ApiProblem problem)
        {
            result = AirflowProblem.Of(problem, deployment.IsAirflow2);
        }

        await result.ExecuteAsync(context);
    };

    /// <summary>Before Airflow there is a gateway, and it has no JSON.</summary>
    private static IResult Ingress(int status) => Results.Text(
        $"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>", "text/html", statusCode: status);

    /// <summary>Airflow 2 has no v2 and says so with a page; Airflow 3 knows that v1 was there once.</summary>
    private static IResult Elsewhere(Deployment deployment, string version) => deployment.IsAirflow2
        ? Ingress(StatusCodes.Status404NotFound)
        : AirflowProblem.Of(
            new ApiProblem(StatusCodes.Status404NotFound, version == "v1" ? "/api/v1 has been removed in Airflow 3, please use its upgraded version /api/v2 instead." : "Not Found"),
            isAirflow2: false);
}
