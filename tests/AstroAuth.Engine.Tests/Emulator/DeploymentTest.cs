using System.Text.Json.Nodes;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Emulator;

/// <summary>A test that makes and changes deployments by plain HTTP.</summary>
public abstract class DeploymentTest(EmulatorFixture fixture) : DeployTest(fixture)
{
    protected string Deployments => Client.Organization + "/deployments";

    /// <summary>The least that Astro takes, with other members over it; null takes one away.</summary>
    protected JsonObject Body(string type, params (string Name, JsonNode? Value)[] others)
    {
        var body = new JsonObject { ["name"] = "d-" + Guid.NewGuid().ToString("n")[..8], ["workspaceId"] = Analytics, ["type"] = type };
        if (type == "STANDARD")
            (body["cloudProvider"], body["region"]) = ("AWS", "eu-central-1");
        if (type == "HYBRID")
            body["workerQueues"] = new JsonArray(Queue(("nodePoolId", Pool), ("astroMachine", null)));
        else
            (body["defaultTaskPodCpu"], body["defaultTaskPodMemory"], body["resourceQuotaCpu"], body["resourceQuotaMemory"]) = ("0.5", "1Gi", "20", "40Gi");
        return With(body, others);
    }

    protected static JsonObject Queue(params (string Name, JsonNode? Value)[] others) => With(
        new()
        {
            ["name"] = "default", ["isDefault"] = true, ["minWorkerCount"] = 0, ["maxWorkerCount"] = 4, ["workerConcurrency"] = 8, ["astroMachine"] = "A10",
        },
        others);

    protected static JsonObject With(JsonObject body, params (string Name, JsonNode? Value)[] others)
    {
        foreach (var (name, value) in others)
        {
            if (value is null)
                body.Remove(name);
            else
                body[name] = value.DeepClone();
        }

        return body;
    }

    /// <summary>What an update has to send to change nothing.</summary>
    protected static JsonObject ToUpdate(Reply deployment)
    {
        var shown = JsonNode.Parse(deployment.Text)!.AsObject();
        string[] kept =
        [
            "type", "name", "workspaceId", "description", "executor", "schedulerSize", "isHighAvailability", "isDagDeployEnabled", "isCicdEnforced",
            "isDevelopmentMode", "contactEmails", "defaultTaskPodCpu", "defaultTaskPodMemory", "resourceQuotaCpu", "resourceQuotaMemory",
        ];
        var body = new JsonObject();
        foreach (var name in kept.Where(shown.ContainsKey))
            body[name] = shown[name]!.DeepClone();
        body["environmentVariables"] = new JsonArray([.. shown["environmentVariables"]!.AsArray().Select(v => (bool)v!["isSecret"]!
            ? new JsonObject { ["key"] = (string)v["key"]!, ["isSecret"] = true }
            : (JsonNode)new JsonObject { ["key"] = (string)v["key"]!, ["isSecret"] = false, ["value"] = (string)v["value"]! })]);
        if ((string)shown["executor"]! != "KUBERNETES")
            body["workerQueues"] = new JsonArray([.. shown["workerQueues"]!.AsArray().Select(
                q => With((JsonObject)q!.DeepClone(), ("podCpu", null), ("podMemory", null)))]);
        return body;
    }

    protected async Task<Reply> Create(JsonObject body)
    {
        var created = await Client.Post(Deployments, body.ToJsonString(), Owner);
        Assert.True(created.Status == HttpStatusCode.OK, created.Text);
        return Made(created);
    }

    protected async Task<Reply> Update(string id, JsonObject body)
    {
        var updated = await Client.Post(Deployment(id), body.ToJsonString(), Owner);
        Assert.True(updated.Status == HttpStatusCode.OK, updated.Text);
        return updated;
    }

    protected async Task AssertRefused(string path, JsonObject body, string field)
    {
        var reply = await Client.Post(path, body.ToJsonString(), Owner);
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains(field, reply.FieldsInError);
    }

    protected string Pool { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var clusters = await Client.Get(Client.Organization + "/clusters?names=northwind-hybrid", Owner);
        Pool = clusters["clusters"][0].GetProperty("nodePools")[0].GetProperty("id").GetString()!;
    }
}
