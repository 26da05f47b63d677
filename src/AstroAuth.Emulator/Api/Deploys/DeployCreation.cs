using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Blob;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deploys;

/// <summary>Deploys: create, the first step of three; the upload and the finalizing follow.</summary>
internal static class DeployCreation
{
    private const int MostDescription = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/organizations/{organizationId}/deployments/{deploymentId}/deploys", CreateAsync);

    private static async Task<IResult> CreateAsync(
        HttpContext context, AstroDirectory directory, DeployStore deploys, AccessRules rules, DeploymentLife life, UploadAddress addresses)
    {
        var deployment = DeployTarget.Deployment(context, directory, rules, "create");
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var type = body.Choice("type", required: true, "IMAGE_AND_DAG", "IMAGE_ONLY", "DAG_ONLY", "BUNDLE");
        var description = body.Text("description", max: MostDescription);
        var isBundle = type == "BUNDLE";
        var mountPath = body.Text("bundleMountPath", required: isBundle);
        var bundleType = body.Text("bundleType", required: isBundle);
        if (type is not null && !isBundle && (mountPath ?? bundleType) is not null)
            body.Refuse("invalid", "bundleType", "bundleMountPath and bundleType go with the type BUNDLE only");
        var git = body.Object("git", ReadGit);
        body.Done();

        if (deployment.IsCicdEnforced && context.Caller().Kind == CallerKind.User)
            throw ApiProblem.Forbidden("CI/CD is enforced on this Deployment: only API tokens may deploy to it");
        DeployTarget.RequireAwake(deployment, life);
        RequireDagDeploys(deployment, type!);

        var now = life.Now;
        var caller = context.Caller().Profile;
        var deploy = new Deploy
        {
            Id = Cuid.New(), DeploymentId = deployment.Id, Type = type!, Description = description, Git = git,
            ImageTag = type is "IMAGE_ONLY" or "IMAGE_AND_DAG" ? NewTag(now) : deployment.ImageTag,
            IsDagDeployEnabled = deployment.IsDagDeployEnabled, AirflowVersion = deployment.AirflowVersion,
            RuntimeVersion = deployment.RuntimeVersion, BundleMountPath = mountPath, BundleType = bundleType,
            DagTarballVersion = type is "IMAGE_ONLY" or "BUNDLE" ? deployment.Dags.Version : null,
            CreatedAt = now, UpdatedAt = now, CreatedBy = caller, UpdatedBy = caller,
        };
        deploys.Add(deploy);
        var (dagsUploadUrl, bundleUploadUrl) = addresses.Of(context.Request, deploy, deployment);
        return Answer.Json(
            DeployView.Of(deploy, deployment, life, dagsUploadUrl, bundleUploadUrl), EmulatorJson.Default.DeployView);
    }

    private static string NewTag(DateTimeOffset now) =>
        "deploy-" + now.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss", CultureInfo.InvariantCulture);

    private static void RequireDagDeploys(Deployment deployment, string type)
    {
        if (type is "DAG_ONLY" or "IMAGE_ONLY" or "BUNDLE" && !deployment.IsDagDeployEnabled)
            throw ApiProblem.Invalid($"DAG deploys are not enabled on this Deployment, so a deploy cannot be of the type {type}");
        if (type == "IMAGE_ONLY" && deployment.Dags.Version is null)
            throw ApiProblem.Invalid("No DAGs have been deployed to this Deployment yet, so a deploy cannot be of the type IMAGE_ONLY");
    }

    private static DeployGit ReadGit(RequestBody git)
    {
        var provider = git.Choice("provider", required: true, "GITHUB", "GENERIC");
        var read = new DeployGit(
            provider ?? "", git.Text("commitSha", required: true) ?? "", git.Text("account", required: provider == "GITHUB"),
            git.Text("repo", required: provider == "GITHUB"), git.Text("branch"), git.Text("path"), git.Text("commitUrl"),
            git.Text("remoteUrl", required: provider == "GENERIC"), git.Text("beforeCommitSha"), git.Text("authorName"),
            git.Text("authorUsername"), git.Text("authorUrl"));
        if (provider == "GITHUB" && read.RemoteUrl is not null)
            git.Refuse("invalid", "remoteUrl", "git.remoteUrl goes with the provider GENERIC only");
        if (provider == "GENERIC" && (read.Account ?? read.Repo) is not null)
            git.Refuse("invalid", "account", "git.account and git.repo go with the provider GITHUB only");
        return read;
    }
}
