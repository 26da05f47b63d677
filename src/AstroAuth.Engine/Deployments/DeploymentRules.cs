using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AstroAuth.Engine.Deployments;

/// <summary>What Astro would refuse in a deployment, said before anything is sent (wire contract 4.9.1 and 4.9.2).</summary>
internal static class DeploymentRules
{
    private static readonly string[] NotHybrid =
        ["schedulerSize", "isHighAvailability", "isDevelopmentMode", "defaultTaskPodCpu", "defaultTaskPodMemory", "resourceQuotaCpu", "resourceQuotaMemory", "scalingSpec", "remoteExecution"];

    /// <summary>The first thing that is wrong with a body, as the end of a sentence; null when nothing is.</summary>
    internal static string? FindProblem(JsonObject body) => FindInPool(body) ?? FindAtAll(body);

    private static string? FindAtAll(JsonObject body) =>
        FindForType(body) ?? FindInTexts(body) ?? FindInSizes(body) ?? FindInHibernation(body) ?? FindInQueues(body) ?? FindInVariables(body);

    /// <summary>What is wrong with going from one body to the other; null when nothing is.</summary>
    internal static string? FindProblem(JsonObject before, JsonObject after)
    {
        if (!before.Flag("isDevelopmentMode") && after.Flag("isDevelopmentMode"))
            return "development mode can be chosen only when a deployment is made";
        if (before.Flag("isDagDeployEnabled") != after.Flag("isDagDeployEnabled") && before.Flag("isCicdEnforced") && after.Flag("isCicdEnforced"))
            return "DAG deploys cannot be switched while CI/CD is enforced; lift the enforcement first";
        return (before.Text("executor") == after.Text("executor") ? null : FindInPool(after) ?? FindInWorkers(after)) ?? FindAtAll(after);
    }

    private static string? FindForType(JsonObject body)
    {
        if (!DeploymentUpdateBody.IsHybrid(body))
        {
            return body.ContainsKey("scheduler") ? "a scheduler in AU and replicas is for deployments of type HYBRID; use a scheduler size"
                : body.ContainsKey("taskPodNodePoolId") ? "a node pool for task pods is for deployments of type HYBRID"
                : DeploymentEdits.IsRemote(body) && body.Text("executor") != "ASTRO" ? "remote execution needs the executor ASTRO"
                : FindInPlace(body);
        }

        if (Array.Find(NotHybrid, body.ContainsKey) is { } field)
            return $"{field} is not for deployments of type HYBRID";
        return body.Text("executor") == "ASTRO" ? "the executor ASTRO is not for deployments of type HYBRID"
            : FindInPlace(body);
    }

    private static string? FindInPool(JsonObject body) =>
        DeploymentUpdateBody.IsHybrid(body) && body.Text("executor") == "KUBERNETES" && !body.ContainsKey("taskPodNodePoolId")
            ? "the executor KUBERNETES of a deployment of type HYBRID needs a node pool for task pods" : null;

    // Whoever makes one may leave its queue to Astro; nobody else knows the pool of a new queue.
    private static string? FindInWorkers(JsonObject body) =>
        DeploymentUpdateBody.IsHybrid(body) && body.Text("executor") != "KUBERNETES" && !body.ContainsKey("workerQueues")
            ? $"the executor {body.Text("executor")} of a deployment of type HYBRID needs a worker queue named default with a node pool" : null;

    private static string? FindInPlace(JsonObject body)
    {
        var (hasCloud, hasRegion) = (body.ContainsKey("cloudProvider"), body.ContainsKey("region"));
        if ((hasCloud || hasRegion) && body.Text("type") is { } type and not "STANDARD")
            return $"a cloud provider with a region is for deployments of type STANDARD; one of type {type} runs on a cluster";
        return hasCloud == hasRegion ? null : "a cloud provider and a region go together";
    }

    private static string? FindInTexts(JsonObject body)
    {
        if (body.Text("name") is not { Length: > 0 and <= 500 })
            return "the name has to have 1 to 500 characters";
        return body.Text("description") is { Length: > Ephemeral.LongestDescription } ? "the description has more than 1000 characters" : null;
    }

    private static string? FindInSizes(JsonObject body) =>
        FindInPair(body, "defaultTaskPodCpu", "defaultTaskPodMemory") ?? FindInPair(body, "resourceQuotaCpu", "resourceQuotaMemory");

    private static string? FindInPair(JsonObject body, string cpu, string memory)
    {
        var (cpuText, memoryText) = (body.Text(cpu), body.Text(memory));
        if (cpuText is null && memoryText is null)
            return null;
        if (cpuText is null || memoryText is null)
            return $"{cpu} and {memory} go together";
        if (Amount(cpuText) is not { } cores)
            return $"{cpu} '{cpuText}' is no number of vCPU, such as 0.25";
        if (!memoryText.EndsWith("Gi", StringComparison.Ordinal) || Amount(memoryText.Substring(0, memoryText.Length - 2)) is not { } gibibytes)
            return $"{memory} '{memoryText}' is no amount in Gi, such as 0.5Gi";
        return gibibytes == 2 * cores ? null : string.Format(
            CultureInfo.InvariantCulture, "{0} has to be twice {1}: {2}Gi for {3} vCPU", memory, cpu, (2 * cores).ToString("0.###", CultureInfo.InvariantCulture), cpuText);
    }

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0 ? amount : null;

    private static string? FindInHibernation(JsonObject body)
    {
        if (body["scalingSpec"].Part("hibernationSpec").Part("schedules") is not JsonArray { Count: > 0 } schedules)
            return null;
        if (!body.Flag("isDevelopmentMode"))
            return "hibernation schedules need development mode";
        if (body.Flag("isHighAvailability"))
            return "hibernation schedules need high availability to be off";
        if (body.Text("schedulerSize") is { } size and not "SMALL")
            return $"hibernation schedules need the scheduler size SMALL, not {size}";
        if (schedules.Count > 10)
            return "there can be 10 hibernation schedules";
        var cron = schedules.OfType<JsonObject>().SelectMany(s => new[] { s.Text("hibernateAtCron"), s.Text("wakeAtCron") })
            .FirstOrDefault(c => c is null || c.Split([' '], StringSplitOptions.RemoveEmptyEntries).Length != 5);
        return cron is null ? null : $"'{cron}' is no cron expression of five fields";
    }

    private static string? FindInQueues(JsonObject body)
    {
        if (body["workerQueues"] is not JsonArray queues)
            return null;
        if (body.Text("executor") == "KUBERNETES")
            return "the executor KUBERNETES has no worker queues";
        if (queues.Find("name", DeploymentEdits.DefaultQueue) is null)
            return "there is always a worker queue named default";
        foreach (var queue in queues.OfType<JsonObject>())
        {
            var name = queue.Text("name") ?? "";
            if (!Regex.IsMatch(name, @"\A[a-z][a-z0-9-]{0,62}\z"))
                return $"a worker queue's name is of lower-case letters, digits and hyphens, at most 63; not '{name}'";
            if (Number(queue, "minWorkerCount") is < 0 || Number(queue, "maxWorkerCount") is < 1 || Number(queue, "workerConcurrency") is < 1)
                return $"the worker queue '{name}' needs 0 or more workers at least, 1 or more at most, and a concurrency of 1 or more";
            if (Number(queue, "minWorkerCount") > Number(queue, "maxWorkerCount"))
                return $"the worker queue '{name}' has more workers at least than at most";
            if (DeploymentUpdateBody.IsHybrid(body) && queue.Text("nodePoolId") is null)
                return $"the worker queue '{name}' of a HYBRID deployment needs a node pool";
        }

        return null;
    }

    private static string? FindInVariables(JsonObject body)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in body.Objects("environmentVariables"))
        {
            var key = variable.Text("key") ?? "";
            if (!Regex.IsMatch(key, @"\A[A-Za-z_][A-Za-z0-9_]*\z"))
                return $"'{key}' is no name of an environment variable";
            if (!keys.Add(key))
                return $"the environment variable '{key}' is there twice";
        }

        return null;
    }

    private static int? Number(JsonObject node, string field) => node[field] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
