using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A test that calls a deployment's Airflow through the engine.</summary>
public abstract class AirflowClientTest(EmulatorFixture fixture) : EngineTest(fixture)
{
    protected const string Importer = "customer_import";

    protected async Task<(AstroCall Call, AstroDeployment Deployment)> Place(string name)
    {
        var call = OwnerCall();
        return (call, await Engine.GetDeploymentAsync(call, name, null));
    }

    protected async Task<List<AstroDagRun>> Runs(AstroCall call, AstroDeployment deployment, string dagId)
    {
        var runs = new List<AstroDagRun>();
        await Engine.ListDagRunsAsync(call, deployment, new() { DagId = dagId }, page =>
        {
            runs.AddRange(page);
            return Task.CompletedTask;
        });
        return runs;
    }

    protected async Task<List<object?>> Raw(
        AstroCall call, AstroDeployment deployment, string method, string path, object? body = null, KeyValuePair<string, string>[]? query = null, bool all = false)
    {
        var results = new List<object?>();
        var request = new AstroRequest { Method = method, Path = path, Body = body, All = all, Query = query ?? [] };
        await Engine.SendAirflowAsync(call, deployment, request, items =>
        {
            results.AddRange(items);
            return Task.CompletedTask;
        });
        return results;
    }

    protected async Task Outcome(AstroDeployment deployment, string outcome) =>
        Assert.Equal(HttpStatusCode.NoContent, (await Client.Post($"/_emulator/deployments/{deployment.Id}/dags/{Importer}", new { outcome })).Status);
}
