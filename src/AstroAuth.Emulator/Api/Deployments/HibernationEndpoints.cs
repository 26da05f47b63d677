using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>The override of a deployment's hibernation: put it to sleep or wake it up, against its schedules.</summary>
internal static class HibernationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Override = "/v1/organizations/{organizationId}/deployments/{deploymentId}/hibernation-override";
        routes.MapPost(Override, SetAsync);
        routes.MapDelete(Override, RemoveAsync);
    }

    private static async Task<IResult> SetAsync(HttpContext context, AstroDirectory directory, AccessRules rules, DeploymentLife life)
    {
        var deployment = DeploymentTarget.Require(context, directory, rules, "update");
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        if (!body.IsThere("isHibernating"))
            body.Refuse("required", "isHibernating", "isHibernating is required, though it may be null");
        var isHibernating = body.Flag("isHibernating");
        var until = body.Time("overrideUntil");
        if (until <= life.Now)
            body.Refuse("invalid", "overrideUntil", "overrideUntil must be in the future");
        body.Done();
        RequireDevelopment(deployment);
        var changed = Change(context, directory, life, deployment, isHibernating is { } sleeps ? new(sleeps, until) : null);
        return Answer.Json(OverrideView.Of(changed.Override, life.Now), EmulatorJson.Default.OverrideView);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, AstroDirectory directory, AccessRules rules, DeploymentLife life)
    {
        var deployment = DeploymentTarget.Require(context, directory, rules, "update");
        new RequestQuery(context).Done();
        await RequestBody.ExpectNoneAsync(context);
        if (deployment.Override is null)
            throw ApiProblem.NotFound("Hibernation override");
        Change(context, directory, life, deployment, null);
        return Results.NoContent();
    }

    private static void RequireDevelopment(Deployment deployment)
    {
        if (!deployment.IsDevelopmentMode)
            throw ApiProblem.Invalid("Only a Deployment in development mode can hibernate");
    }

    private static Deployment Change(
        HttpContext context, AstroDirectory directory, DeploymentLife life, Deployment deployment, HibernationOverride? over) =>
        directory.DeploymentStore.Change(deployment.Id, d =>
        {
            var slept = life.StatusOf(d).Status == "HIBERNATING";
            var changed = d with
            {
                Override = over, Forced = d.Forced?.Status == "HIBERNATING" ? null : d.Forced, UpdatedAt = life.Now,
                UpdatedBy = context.Caller().Profile,
            };
            return slept && life.StatusOf(changed).Status != "HIBERNATING" ? life.Deploying(changed) : changed;
        }) ?? throw ApiProblem.NotFound("Deployment");
}
