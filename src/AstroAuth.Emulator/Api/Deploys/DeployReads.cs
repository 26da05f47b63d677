using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Blob;
using AstroAuth.Emulator.Hosting;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deploys;

/// <summary>Deploys: list and get.</summary>
internal static class DeployReads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/organizations/{organizationId}/deployments/{deploymentId}/deploys", List);
        routes.MapGet("/v1/organizations/{organizationId}/deployments/{deploymentId}/deploys/{deployId}", Get);
    }

    private static IResult List(
        HttpContext context, AstroDirectory directory, DeployStore deploys, AccessRules rules, DeploymentLife life)
    {
        var deployment = DeployTarget.Deployment(context, directory, rules, "get");
        var query = new RequestQuery(context);
        var page = query.Page(1000);
        query.Done();
        var found = deploys.Of(deployment.Id);
        return Answer.Json(
            new DeploysPage(found.Cut(page, d => DeployView.Of(d, deployment, life)), page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.DeploysPage);
    }

    private static IResult Get(
        HttpContext context, AstroDirectory directory, DeployStore deploys, AccessRules rules, DeploymentLife life, UploadAddress addresses,
        EmulatorSettings settings)
    {
        var deployment = DeployTarget.Deployment(context, directory, rules, "get");
        new RequestQuery(context).Done();
        var deploy = DeployTarget.Deploy(context, deploys, deployment);
        var (dags, bundle) = settings.RenewUploadUrl && deploy.Status == "INITIALIZED" ? addresses.Of(context.Request, deploy, deployment) : default;
        return Answer.Json(DeployView.Of(deploy, deployment, life, dags, bundle), EmulatorJson.Default.DeployView);
    }
}
