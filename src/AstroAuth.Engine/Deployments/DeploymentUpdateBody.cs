using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace AstroAuth.Engine.Deployments;

/// <summary>
/// The update that would change nothing: every field an update takes, read from the deployment as it is. Astro's update
/// writes the whole object, so that what is left out may be lost (wire contract 4.9.2).
/// </summary>
internal static class DeploymentUpdateBody
{
    private static readonly string[] Common = ["type", "name", "workspaceId", "description", "executor", "isCicdEnforced", "isDagDeployEnabled"];

    private static readonly string[] Hosted =
        ["schedulerSize", "isHighAvailability", "isDevelopmentMode", "defaultTaskPodCpu", "defaultTaskPodMemory", "resourceQuotaCpu", "resourceQuotaMemory"];

    private static readonly string[] Queue =
        ["id", "name", "isDefault", "minWorkerCount", "maxWorkerCount", "workerConcurrency", "astroMachine", "nodePoolId", "podEphemeralStorage"];

    private static readonly string[] RemoteExecution = ["enabled", "allowedIpAddressRanges", "taskLogBucket", "taskLogUrlPattern"];

    private static readonly string[] Schedule = ["hibernateAtCron", "wakeAtCron", "isEnabled", "description"];

    private static readonly string[] Override = ["isHibernating", "overrideUntil"];

    /// <summary>The body that keeps everything as it is.</summary>
    internal static JsonObject From(JsonObject deployment)
    {
        var isHybrid = IsHybrid(deployment);
        var body = Pick(deployment, Common);
        body["type"] ??= "STANDARD";
        body["contactEmails"] = deployment["contactEmails"]?.DeepClone() ?? new JsonArray();
        body["environmentVariables"] = Each(deployment["environmentVariables"], ToVariable);

        // A deployment on Kubernetes has no queues to send.
        if (deployment.Text("executor") != "KUBERNETES" && deployment["workerQueues"] is JsonArray { Count: > 0 } queues)
            body["workerQueues"] = Each(queues, q => Pick(q, Queue));
        if (isHybrid)
        {
            body["scheduler"] = new JsonObject { ["au"] = deployment["schedulerAu"]?.DeepClone(), ["replicas"] = deployment["schedulerReplicas"]?.DeepClone() };
            Copy(deployment, body, "taskPodNodePoolId");
            return body;
        }

        foreach (var field in Hosted)
            Copy(deployment, body, field);
        if (deployment["remoteExecution"] is JsonObject remote)
            body["remoteExecution"] = Pick(remote, RemoteExecution);
        if (deployment["scalingSpec"].Part("hibernationSpec") is JsonObject hibernation)
            body["scalingSpec"] = new JsonObject { ["hibernationSpec"] = ToHibernation(hibernation) };
        return body;
    }

    internal static bool IsHybrid(JsonObject deployment) => deployment.Text("type") == "HYBRID";

    /// <summary>The members of an object that an update takes, in that order.</summary>
    internal static JsonObject Pick(JsonObject from, string[] fields)
    {
        var to = new JsonObject();
        foreach (var field in fields)
            Copy(from, to, field);
        return to;
    }

    // A secret goes without its value, which keeps the one Astro has; an empty one would blank it.
    private static JsonObject ToVariable(JsonObject variable)
    {
        var kept = Pick(variable, ["key", "isSecret"]);
        if (!variable.Flag("isSecret"))
            Copy(variable, kept, "value");
        return kept;
    }

    private static JsonObject ToHibernation(JsonObject hibernation)
    {
        var kept = new JsonObject { ["schedules"] = Each(hibernation["schedules"], s => Pick(s, Schedule)) };
        if (hibernation["override"] is JsonObject former && !former.IsFalse("isActive"))
            kept["override"] = Pick(former, Override);
        return kept;
    }

    private static void Copy(JsonObject from, JsonObject to, string field)
    {
        if (from[field] is { } value)
            to[field] = value.DeepClone();
    }

    private static JsonArray Each(JsonNode? items, Func<JsonObject, JsonObject> map) =>
        new([.. (items as JsonArray ?? []).OfType<JsonObject>().Select(map)]);
}
