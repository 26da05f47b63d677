using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>The deployment that a path names, for a caller who may do what it asks.</summary>
internal static class DeploymentTarget
{
    public static Deployment Require(HttpContext context, AstroDirectory directory, AccessRules rules, string action)
    {
        var organization = context.Organization();
        var deployment = directory.Deployment(organization.Id, context.Route("deploymentId")) ?? throw ApiProblem.NotFound("Deployment");
        return rules.OnDeployment(context.Caller(), deployment, "deployment." + action)
            ? deployment
            : throw ApiProblem.Forbidden($"You need the permission deployment.{action} on this Deployment");
    }
}
