using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deployments;

/// <summary>
/// Makes a deployment and never twice: the name was free right before, so that after a lost reply a deployment of that
/// name is the one that was made.
/// </summary>
internal sealed class DeploymentCreator
{
    private readonly ApiClient _api;

    internal DeploymentCreator(ApiClient api) => _api = api;

    /// <exception cref="AstroException">DeploymentExists.</exception>
    internal async Task RefuseNamesakeAsync(string organizationId, string workspaceId, string name)
    {
        if (await FindAsync(_api, organizationId, workspaceId, name) is { } namesake)
            throw new AstroException(nameof(Strings.DeploymentExists), Strings.Format(Strings.DeploymentExists, name, namesake.Id), AstroErrorCategory.ResourceExists, name);
    }

    /// <exception cref="AstroException">DeploymentExists, DeploymentOutcomeUnknown, or Astro refused.</exception>
    internal async Task<AstroDeployment> CreateAsync(DeploymentPlan plan)
    {
        var body = (JsonObject)plan.Body;
        await RefuseNamesakeAsync(plan.OrganizationId, body.Text("workspaceId")!, plan.Name);
        try
        {
            return (await new Api.Deployments(_api, plan.OrganizationId).CreateAsync(body)).ToModel(plan.OrganizationId);
        }
        catch (Exception e) when (IsOutcomeUnknown(e))
        {
            var made = await LookAsync(plan, body, e);
            _api.Call.Sink.Verbose($"The answer to the creation of deployment '{plan.Name}' was lost; it was made all the same ({made.Id}).");
            return made;
        }
    }

    private static bool IsOutcomeUnknown(Exception e) => e is OperationCanceledException
        or AstroNetworkException { MayHaveTakenEffect: true }
        or AstroApiException { StatusCode: >= 500 }
        or AstroApiException { ErrorId: nameof(Strings.InvalidResponse) };

    private async Task<AstroDeployment> LookAsync(DeploymentPlan plan, JsonObject body, Exception cause)
    {
        AstroDeployment? made;
        try
        {
            // Looking goes on after Ctrl+C, so that what was made is not left unsaid.
            var api = new ApiClient(new AstroCall(_api.Call.Connection, _api.Call.Sink, CancellationToken.None));
            made = await FindAsync(api, plan.OrganizationId, body.Text("workspaceId")!, plan.Name);
        }
        catch (AstroException)
        {
            throw Unknown(plan, cause);
        }

        if (made is not null && cause is OperationCanceledException)
            _api.Call.Sink.Warning($"The deployment '{plan.Name}' ({made.Id}) was made before it was stopped. Remove-AstroDeployment -Id {made.Id} removes it.");
        if (made is not null && cause is not OperationCanceledException)
            return made;
        throw cause is AstroNetworkException ? Unknown(plan, cause) : cause;
    }

    private static AstroNetworkException Unknown(DeploymentPlan plan, Exception cause) => new(
        nameof(Strings.DeploymentOutcomeUnknown),
        Strings.Format(Strings.DeploymentOutcomeUnknown, plan.Name, cause.Message.TrimEnd('.')),
        AstroErrorCategory.ConnectionError,
        plan.Name,
        cause);

    private static async Task<AstroDeployment?> FindAsync(ApiClient api, string organizationId, string workspaceId, string name)
    {
        var page = await new Api.Deployments(api, organizationId).FetchAsync([new("names", name), new("workspaceIds", workspaceId)], 0);
        return page.Items.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase))?.ToModel(organizationId);
    }
}
