using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deploys;

/// <summary>Deploys: describe, finalize and roll back.</summary>
internal static class DeployChanges
{
    private const int MostDescription = 500;
    private const int DaysToRollBack = 90;

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Deploy = "/v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}";
        routes.MapPost(Deploy, UpdateAsync);
        routes.MapPost(Deploy + "/finalize", FinalizeAsync);
        routes.MapPost(Deploy + "/rollback", RollBackAsync);
    }

    private static async Task<IResult> UpdateAsync(
        HttpContext context, AstroDirectory directory, DeployStore deploys, AccessRules rules, DeploymentLife life)
    {
        var deployment = DeployTarget.Deployment(context, directory, rules, "update");
        var deploy = DeployTarget.Deploy(context, deploys, deployment);
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var description = body.Text("description", max: MostDescription);
        body.Done();
        var changed = deploys.Change(deploy.Id, d => d with
        {
            Description = description ?? d.Description, UpdatedAt = life.Now, UpdatedBy = context.Caller().Profile,
        });
        return Answer.Json(DeployView.Of(changed, deployment, life), EmulatorJson.Default.DeployView);
    }

    private static async Task<IResult> FinalizeAsync(
        HttpContext context, AstroDirectory directory, DeployStore deploys, AccessRules rules, DeploymentLife life, BlobStore blobs)
    {
        var deployment = DeployTarget.Deployment(context, directory, rules, "create");
        var deploy = DeployTarget.Deploy(context, deploys, deployment);
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var dags = body.Text("dagTarballVersion");
        var bundle = body.Text("bundleTarballVersion");
        CheckVersions(body, deployment, deploy, blobs, dags, bundle);
        body.Done();

        if (deploy.Status == "DEPLOYED" && (deploy.Type == "BUNDLE" ? bundle == deploy.BundleTarballVersion : dags == deploy.DagTarballVersion))
            return Answer.Json(DeployView.Of(deploy, deployment, life), EmulatorJson.Default.DeployView);
        if (deploy.Status != "INITIALIZED")
            throw ApiProblem.Invalid($"The deploy is {deploy.Status} already");
        DeployTarget.RequireAwake(deployment, life);

        var changed = deploys.Change(deploy.Id, d => d with
        {
            Status = "DEPLOYED", DagTarballVersion = string.IsNullOrEmpty(dags) ? d.DagTarballVersion : dags, BundleTarballVersion = bundle,
            UpdatedAt = life.Now, UpdatedBy = context.Caller().Profile,
        });
        return Answer.Json(DeployView.Of(changed, Run(context, directory, life, deployment, changed), life), EmulatorJson.Default.DeployView);
    }

    private static async Task<IResult> RollBackAsync(
        HttpContext context, AstroDirectory directory, DeployStore deploys, AccessRules rules, DeploymentLife life)
    {
        var deployment = DeployTarget.Deployment(context, directory, rules, "update");
        var target = DeployTarget.Deploy(context, deploys, deployment);
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var description = body.Text("description", max: MostDescription);
        body.Done();
        if (target.Status != "DEPLOYED")
            throw ApiProblem.Invalid($"The deploy is {target.Status}; only one that was deployed can be rolled back to");
        if (target.CreatedAt < life.Now.AddDays(-DaysToRollBack))
            throw ApiProblem.Invalid($"The deploy is older than {DaysToRollBack} days; what it deployed is no longer kept");
        DeployTarget.RequireAwake(deployment, life);

        var caller = context.Caller().Profile;
        var deploy = target with
        {
            Id = Cuid.New(), Description = description, RollbackFromId = target.Id, CreatedAt = life.Now, UpdatedAt = life.Now,
            CreatedBy = caller, UpdatedBy = caller,
        };
        deploys.Add(deploy);
        return Answer.Json(DeployView.Of(deploy, Run(context, directory, life, deployment, deploy), life), EmulatorJson.Default.DeployView);
    }

    /// <summary>A version must have been uploaded; only a bundle can be taken away, with an empty one.</summary>
    private static void CheckVersions(
        RequestBody body, Deployment deployment, Deploy deploy, BlobStore blobs, string? dags, string? bundle)
    {
        if (deploy.Type == "BUNDLE")
        {
            if (bundle is null)
                body.Refuse("required", "bundleTarballVersion", "bundleTarballVersion is required; an empty one removes the bundle");
            else if (bundle.Length > 0 && blobs.Find(BlobPath.OfBundle(deployment, deploy.BundleMountPath!), bundle) is null)
                body.Refuse("invalid", "bundleTarballVersion", "bundleTarballVersion is not the version of an upload for this bundle");
        }
        else if (deploy.Type != "IMAGE_ONLY" && deploy.IsDagDeployEnabled)
        {
            if (string.IsNullOrEmpty(dags))
                body.Refuse("required", "dagTarballVersion", "dagTarballVersion is required, since this deploy brings DAGs");
            else if (blobs.Find(BlobPath.OfDags(deployment), dags) is null)
                body.Refuse("invalid", "dagTarballVersion", "dagTarballVersion is not the version of an upload to this Deployment");
        }
        else if (!string.IsNullOrEmpty(dags))
        {
            body.Refuse("invalid", "dagTarballVersion", "this deploy brings no DAGs");
        }
    }

    private static Deployment Run(
        HttpContext context, AstroDirectory directory, DeploymentLife life, Deployment deployment, Deploy deploy) =>
        directory.DeploymentStore.Change(deployment.Id, d =>
        {
            var changed = deploy.Type switch
            {
                "BUNDLE" => life.WithBundle(d, deploy),
                "IMAGE_ONLY" => life.Deploying(d),
                _ => life.WithDags(d, deploy.DagTarballVersion),
            };
            return changed with { ImageTag = deploy.ImageTag, UpdatedAt = life.Now, UpdatedBy = context.Caller().Profile };
        }) ?? throw ApiProblem.NotFound("Deployment");
}
