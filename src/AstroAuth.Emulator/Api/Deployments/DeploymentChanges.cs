using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>Deployments: update and delete.</summary>
internal static class DeploymentChanges
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Deployment = "/v1/organizations/{organizationId}/deployments/{deploymentId}";
        routes.MapPost(Deployment, UpdateAsync);
        routes.MapDelete(Deployment, DeleteAsync);
    }

    private static async Task<IResult> UpdateAsync(
        HttpContext context, AstroDirectory directory, AccessRules rules, DeploymentLife life)
    {
        var current = DeploymentTarget.Require(context, directory, rules, "update");
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var request = DeploymentRequest.Read(body, isUpdate: true);
        if (request.Type != current.Type)
            body.Refuse("invalid", "type", $"the type {current.Type} of a Deployment cannot be changed");
        if (request.WorkspaceId.Length > 0 && request.WorkspaceId != current.WorkspaceId)
            body.Refuse("invalid", "workspaceId", "the Workspace of a Deployment cannot be changed");
        if (request.IsDevelopmentMode == true && !current.IsDevelopmentMode)
            body.Refuse("invalid", "isDevelopmentMode", "development mode can be set at creation only");
        if (request.IsDagDeployEnabled is { } dags && dags != current.IsDagDeployEnabled)
            CheckToggle(context, body, current);
        DeploymentRules.Check(body, request, DeploymentWriting.Apply(request, current, life.Now), current, directory);
        body.Done();

        var changed = directory.DeploymentStore.Change(current.Id, d => life.Deploying(DeploymentWriting.Apply(request, d, life.Now)) with
        {
            UpdatedBy = context.Caller().Profile,
        }) ?? throw ApiProblem.NotFound("Deployment");
        return Answer.Json(DeploymentView.Of(changed, directory, life, context.Request), EmulatorJson.Default.DeploymentView);
    }

    private static void CheckToggle(HttpContext context, RequestBody body, Deployment current)
    {
        if (!AccessRules.OnWorkspace(context.Caller(), current.WorkspaceId, "workspace.update"))
            throw ApiProblem.Forbidden("Only an owner of the Workspace may turn DAG deploys on or off");
        if (current.IsCicdEnforced)
            body.Refuse("invalid", "isDagDeployEnabled", "DAG deploys cannot be turned on or off while CI/CD is enforced");
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, AstroDirectory directory, AccessRules rules, TokenStore tokens)
    {
        var deployment = DeploymentTarget.Require(context, directory, rules, "delete");
        new RequestQuery(context).Done();
        await RequestBody.ExpectNoneAsync(context);
        if (!directory.DeploymentStore.Delete(deployment.Id))
            throw ApiProblem.NotFound("Deployment");
        ForgetRoles(tokens, deployment);
        return Results.NoContent();
    }

    /// <summary>The deployment's own tokens die with it, and others lose their roles on it.</summary>
    private static void ForgetRoles(TokenStore tokens, Deployment deployment)
    {
        foreach (var token in tokens.Where(t => t.Roles.Any(IsOnIt)))
        {
            if (token.Scope == "DEPLOYMENT" && token.OwnerId == deployment.Id)
                tokens.Delete(token.Id);
            else
                tokens.Change(token.Id, t => t with { Roles = [.. t.Roles.Where(r => !IsOnIt(r))] });
        }

        bool IsOnIt(RoleEntry role) => (role.EntityType == "DEPLOYMENT" && role.EntityId == deployment.Id) || role.DeploymentId == deployment.Id;
    }
}
