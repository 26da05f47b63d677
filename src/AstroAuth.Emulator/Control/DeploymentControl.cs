using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Control;

/// <summary>A bundle as it was uploaded.</summary>
internal sealed record UploadedBundle(
    string Version, int Length, string Sha256, string? Problem, IReadOnlyList<BundleEntry> Entries);

/// <summary>The status of a deployment as it is now.</summary>
internal sealed record StatusAnswer(string Status, string? Reason);

/// <summary>Shows what was uploaded to a deployment and the values of its variables, and gives it a status that it would not have by itself.</summary>
internal static class DeploymentControl
{
    private const string Deployment = ControlApi.Root + "/deployments/{deploymentId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Deployment + "/bundle", (HttpContext context, AstroDirectory directory, BlobStore blobs) =>
        {
            var blob = Blob(context, directory, blobs);
            return Answer.Json(
                new UploadedBundle(blob.Id, blob.Bytes.Length, blob.Sha256, blob.Content.Problem, blob.Content.Entries),
                EmulatorJson.Default.UploadedBundle);
        });
        routes.MapGet(Deployment + "/bundle/content", (HttpContext context, AstroDirectory directory, BlobStore blobs) =>
            Results.Bytes(Blob(context, directory, blobs).Bytes));
        routes.MapGet(Deployment + "/variables", (HttpContext context, AstroDirectory directory) =>
            Answer.Json(
                Find(context, directory).Variables.ToDictionary(v => v.Key, v => v.Value), EmulatorJson.Default.DictionaryStringString));
        routes.MapPost(Deployment + "/status", SetStatusAsync);
        routes.MapPost(Deployment + "/dags/{dagId}", SetDagAsync);
    }

    /// <summary>How the next runs of a DAG go.</summary>
    private static async Task<IResult> SetDagAsync(HttpContext context, AstroDirectory directory, AirflowStore airflow)
    {
        var body = await RequestBody.ReadAsync(context);
        var outcome = body.Choice("outcome", required: false, "success", "failed");
        var queued = body.Number("queuedSeconds", 0);
        var running = body.Number("runningSeconds", 0);
        var paused = body.Flag("isPaused");
        body.Done();
        _ = airflow.Change(Find(context, directory), context.Route("dagId"), d => d with
        {
            Fails = outcome is null ? d.Fails : outcome == "failed", QueuedSeconds = queued ?? d.QueuedSeconds,
            RunningSeconds = running ?? d.RunningSeconds, IsPaused = paused ?? d.IsPaused,
        }) ?? throw ApiProblem.NotFound("DAG");
        return Results.NoContent();
    }

    private static async Task<IResult> SetStatusAsync(HttpContext context, AstroDirectory directory, DeploymentLife life)
    {
        var body = await RequestBody.ReadAsync(context);
        var status = body.Choice("status", required: false, "CREATING", "DEPLOYING", "HEALTHY", "UNHEALTHY", "UNKNOWN", "HIBERNATING");
        var reason = body.Text("reason");
        body.Done();
        // Without a status the deployment goes its own way again.
        var changed = directory.DeploymentStore.Change(
            Find(context, directory).Id, d => d with { Forced = status is null ? null : new(status, reason) })!;
        var now = life.StatusOf(changed);
        return Answer.Json(new StatusAnswer(now.Status, now.Reason), EmulatorJson.Default.StatusAnswer);
    }

    /// <summary>The upload that was deployed last; with mountPath that of another bundle than the DAGs.</summary>
    private static BlobVersion Blob(HttpContext context, AstroDirectory directory, BlobStore blobs)
    {
        var deployment = Find(context, directory);
        var query = new RequestQuery(context);
        var mountPath = query.Text("mountPath");
        query.Done();
        var (path, version) = mountPath is null
            ? (BlobPath.OfDags(deployment), deployment.Dags.Version)
            : (BlobPath.OfBundle(deployment, mountPath), deployment.Bundles.FirstOrDefault(b => b.MountPath == mountPath)?.Content.Version);
        return version is null ? throw ApiProblem.NotFound("Bundle") : blobs.Find(path, version) ?? throw ApiProblem.NotFound("Upload");
    }

    private static Deployment Find(HttpContext context, AstroDirectory directory) =>
        directory.Deployments.FirstOrDefault(d => d.Id == context.Route("deploymentId")) ?? throw ApiProblem.NotFound("Deployment");
}
