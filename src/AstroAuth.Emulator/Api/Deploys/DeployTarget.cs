using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deploys;

/// <summary>The deployment and the deploy that a path names, for a caller who may do what it asks.</summary>
internal static class DeployTarget
{
    public static Deployment Deployment(HttpContext context, AstroDirectory directory, AccessRules rules, string action)
    {
        var organization = context.Organization();
        var deployment = directory.Deployment(organization.Id, context.Route("deploymentId")) ?? throw ApiProblem.NotFound("Deployment");
        return rules.OnDeployment(context.Caller(), deployment, "deployment.deploys." + action)
            ? deployment
            : throw ApiProblem.Forbidden($"You need the permission deployment.deploys.{action} on this Deployment");
    }

    public static Deploy Deploy(HttpContext context, DeployStore deploys, Deployment deployment) =>
        deploys.Find(deployment.Id, context.Route("deployId")) ?? throw ApiProblem.NotFound("Deploy");

    public static void RequireAwake(Deployment deployment, DeploymentLife life)
    {
        if (life.StatusOf(deployment).Status == "HIBERNATING")
            throw ApiProblem.Invalid("The Deployment is hibernating. Wake it up before you deploy to it");
    }
}
