using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deployments;

/// <summary>
/// Changes a deployment: reads all of it, changes what is wanted, writes all of it. Astro takes no condition with a write,
/// so that a change by somebody else is looked for right before it.
/// </summary>
internal sealed class DeploymentEditor
{
    private readonly ApiClient _api;

    internal DeploymentEditor(ApiClient api) => _api = api;

    /// <exception cref="AstroException">DeploymentNotFound, AmbiguousName or InvalidDeployment.</exception>
    internal async Task<DeploymentPlan> PlanAsync(string idOrName, string? workspace, DeploymentSettings settings)
    {
        var (organization, id) = await new DeploymentReader(_api).FindAsync(idOrName, workspace);
        var document = await new Api.Deployments(_api, organization).GetDocumentAsync(id);
        var before = DeploymentUpdateBody.From(document);
        var after = (JsonObject)before.DeepClone();
        DeploymentEdits.Apply(after, settings);
        var name = document.Text("name") ?? id;
        if (DeploymentRules.FindProblem(before, after) is { } problem)
            throw new AstroException(nameof(Strings.InvalidDeployment), Strings.Format(Strings.InvalidDeployment, name, problem), AstroErrorCategory.InvalidArgument, name);
        return new DeploymentPlan(id, name, organization, after) { Changes = DeploymentDiff.Between(before, after), ReadAs = document.Text("updatedAt") };
    }

    /// <exception cref="AstroException">DeploymentChangedMeanwhile, or Astro refused.</exception>
    internal async Task<AstroDeployment> ApplyAsync(DeploymentPlan plan)
    {
        var deployments = new Api.Deployments(_api, plan.OrganizationId);
        var now = await deployments.GetDocumentAsync(plan.Id!);
        if (now.Text("updatedAt") != plan.ReadAs)
        {
            throw new AstroException(
                nameof(Strings.DeploymentChangedMeanwhile),
                Strings.Format(Strings.DeploymentChangedMeanwhile, plan.Name, now["updatedBy"] is JsonObject by ? by.Text("username") ?? by.Text("apiTokenName") ?? "somebody" : "somebody", now.Text("updatedAt")),
                AstroErrorCategory.ResourceExists,
                plan.Name);
        }

        return (await deployments.UpdateAsync(plan.Id!, (JsonObject)plan.Body)).ToModel(plan.OrganizationId);
    }
}
