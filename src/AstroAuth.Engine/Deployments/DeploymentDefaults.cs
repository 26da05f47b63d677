using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deployments;

/// <summary>
/// Fills in what Astro needs and nobody named, from the options it offers (wire contract 4.7); asked for only when
/// something is missing.
/// </summary>
internal sealed class DeploymentDefaults
{
    private readonly ApiClient _api;
    private readonly string _organizationId;

    internal DeploymentDefaults(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    internal async Task FillAsync(JsonObject body)
    {
        var isHybrid = DeploymentUpdateBody.IsHybrid(body);
        if (!body.ContainsKey("executor"))
            body["executor"] = "CELERY";
        body["isCicdEnforced"] ??= false;
        body["isDagDeployEnabled"] ??= true;
        if (isHybrid)
        {
            body["scheduler"] ??= new JsonObject { ["au"] = 5, ["replicas"] = 1 };
        }
        else
        {
            body["isHighAvailability"] ??= false;
            body["schedulerSize"] ??= "SMALL";
        }

        var needsPods = !isHybrid && !DeploymentEdits.IsRemote(body);
        if (body.ContainsKey("astroRuntimeVersion") && (!needsPods || (body.ContainsKey("defaultTaskPodCpu") && body.ContainsKey("resourceQuotaCpu"))))
            return;
        var options = await GetOptionsAsync(body);
        body["astroRuntimeVersion"] ??= Newest(options);
        if (!needsPods)
            return;
        Fill(body, "defaultTaskPod", options["resourceQuotas"].Part("defaultPodSize"));
        Fill(body, "resourceQuota", options["resourceQuotas"].Part("resourceQuota"));
    }

    private Task<JsonObject> GetOptionsAsync(JsonObject body)
    {
        var query = new List<KeyValuePair<string, string>> { new("deploymentType", body.Text("type")!), new("executor", body.Text("executor")!) };
        if (body.Text("cloudProvider") is { } provider)
            query.Add(new("cloudProvider", provider));
        return _api.GetAsync(ApiClient.WithQuery($"organizations/{_organizationId}/deployment-options", query), DeploymentJson.Default.JsonObject);
    }

    // Releases come newest first.
    private static string? Newest(JsonObject options) => options.Objects("runtimeReleases").Select(r => r.Text("version")).FirstOrDefault();

    private static void Fill(JsonObject body, string field, JsonNode? range)
    {
        if (body.ContainsKey(field + "Cpu") || body.ContainsKey(field + "Memory"))
            return;
        if (range.Part("cpu").Part("default")?.DeepClone() is not { } cpu || range.Part("memory").Part("default")?.DeepClone() is not { } memory)
            return;
        body[field + "Cpu"] = cpu;
        body[field + "Memory"] = memory;
    }
}
