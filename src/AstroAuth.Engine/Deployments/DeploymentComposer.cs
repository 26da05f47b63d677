using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deployments;

/// <summary>Puts together what a new deployment is made of: the origin's settings, what is wanted, and Astro's defaults.</summary>
internal sealed class DeploymentComposer
{
    private static readonly string[] Infrastructure = ["clusterId", "cloudProvider", "region"];

    private readonly ApiClient _api;

    internal DeploymentComposer(ApiClient api) => _api = api;

    /// <exception cref="AstroException">InvalidDeployment, DeploymentExists, or a place was not found.</exception>
    internal async Task<DeploymentPlan> ComposeAsync(DeploymentCreation creation)
    {
        var organization = (await new Organizations(_api).GetCurrentAsync()).Id;
        var name = creation.Settings.Name ?? "";
        var notCopied = new List<string>();
        var body = creation.From is { } from ? await CopyAsync(from, notCopied) : new JsonObject { ["type"] = "STANDARD" };
        if (creation.Type is { } type && type != body.Text("type"))
            body = ChangeType(body, type);
        await PlaceAsync(body, organization, creation);
        body["name"] = name;
        if (creation.RuntimeVersion is { } version)
            body["astroRuntimeVersion"] = version;
        if (creation.ExpiresIn is not null)
            Ephemeral.Shrink(body);
        DeploymentEdits.Apply(body, creation.Settings);
        if (creation.ExpiresIn is { } life)
            MarkUntil(body, life);
        await new DeploymentDefaults(_api, organization).FillAsync(body);

        if (DeploymentRules.FindProblem(body) is { } problem)
            throw new AstroException(nameof(Strings.InvalidDeployment), Strings.Format(Strings.InvalidDeployment, name, problem), AstroErrorCategory.InvalidArgument, name);
        await new DeploymentCreator(_api).RefuseNamesakeAsync(organization, body.Text("workspaceId")!, name);
        return new DeploymentPlan(null, name, organization, body) { Changes = DeploymentDiff.Between([], body), NotCopied = notCopied };
    }

    private async Task<JsonObject> CopyAsync(string from, List<string> notCopied)
    {
        var (organization, id) = await new DeploymentReader(_api).FindAsync(from, null);
        var origin = await new Api.Deployments(_api, organization).GetDocumentAsync(id);
        var body = DeploymentUpdateBody.From(origin);
        body["astroRuntimeVersion"] = origin["astroRuntimeVersion"]?.DeepClone();
        foreach (var field in Infrastructure)
        {
            if (origin[field] is { } value)
                body[field] = value.DeepClone();
        }

        // A cluster says where it is; the schema of DEDICATED has no other place.
        if (body.ContainsKey("clusterId"))
        {
            body.Remove("cloudProvider");
            body.Remove("region");
        }

        foreach (var queue in body.Objects("workerQueues"))
            queue.Remove("id");
        if (body["scalingSpec"].Part("hibernationSpec") is JsonObject hibernation)
            hibernation.Remove("override");
        if (body["environmentVariables"] is JsonArray variables)
        {
            foreach (var secret in variables.OfType<JsonObject>().Where(v => v.Flag("isSecret")).ToList())
            {
                notCopied.Add($"the value of the secret variable {secret.Text("key")}");
                variables.Remove(secret);
            }
        }

        if (origin.Text("effectiveWorkloadIdentity") is { } identity)
            notCopied.Add($"the workload identity {identity}");
        // A note about the origin's own life says nothing of the copy's.
        body["description"] = Tokens.DescriptionMarker.Strip(body.Text("description"));
        return body;
    }

    // What belongs to one type only is left to the other's defaults.
    private static JsonObject ChangeType(JsonObject body, string type)
    {
        var changed = DeploymentUpdateBody.Pick(body, ["name", "workspaceId", "description", "executor", "isCicdEnforced", "isDagDeployEnabled", "astroRuntimeVersion", "contactEmails", "environmentVariables"]);
        changed["type"] = type;
        return changed;
    }

    private async Task PlaceAsync(JsonObject body, string organization, DeploymentCreation creation)
    {
        var connection = _api.Call.Connection;
        if (creation.Workspace is { } named)
            body["workspaceId"] = (await new Places(_api).FindWorkspaceAsync(organization, named)).Id;
        else if (!body.ContainsKey("workspaceId"))
            body["workspaceId"] = (connection.Workspace ?? throw new AstroException(nameof(Strings.WorkspaceRequired), Strings.Format(Strings.WorkspaceRequired, connection.Name), AstroErrorCategory.InvalidArgument, connection.Name)).Id;
        if (creation.Cluster is null && creation.CloudProvider is null && creation.Region is null)
            return;
        foreach (var field in Infrastructure)
            body.Remove(field);
        if (creation.Cluster is { } cluster)
        {
            body["clusterId"] = await new Clusters(_api, organization).FindAsync(cluster);
            return;
        }

        if (creation.CloudProvider is { } provider)
            body["cloudProvider"] = provider;
        if (creation.Region is { } region)
            body["region"] = region;
    }

    private void MarkUntil(JsonObject body, TimeSpan life)
    {
        var owner = _api.Session.Credential.User ?? _api.Session.Credential.Info?.TokenId ?? _api.Call.Connection.Name;
        body["description"] = Ephemeral.Mark(body.Text("description"), owner, _api.Session.ServerClock.GetUtcNow() + life)
            ?? throw new AstroException(nameof(Strings.InvalidDeployment), Strings.Format(Strings.InvalidDeployment, body.Text("name"), "the description leaves no room for the note that says until when it lives"), AstroErrorCategory.InvalidArgument, body.Text("name"));
    }
}
