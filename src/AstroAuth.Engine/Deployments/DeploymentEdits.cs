using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Deployments;

/// <summary>Puts wanted settings into a request body and leaves every other field of it alone.</summary>
internal static class DeploymentEdits
{
    internal const string DefaultQueue = "default";

    internal static void Apply(JsonObject body, DeploymentSettings wanted)
    {
        Set(body, "name", wanted.Name);
        if (wanted.Description is { } description)
            body["description"] = DescriptionMarker.Find(body.Text("description")) is { } marker ? marker.AppendTo(description, Ephemeral.LongestDescription) : description;
        Set(body, "isCicdEnforced", wanted.EnforceCiCd);
        Set(body, "isDagDeployEnabled", wanted.DagDeploy);
        Set(body, "isHighAvailability", wanted.HighAvailability);
        Set(body, "isDevelopmentMode", wanted.DevelopmentMode);
        Set(body, "schedulerSize", wanted.SchedulerSize);
        Set(body, "taskPodNodePoolId", wanted.TaskPodNodePoolId);
        Set(body, "defaultTaskPodCpu", wanted.DefaultTaskPodCpu);
        Set(body, "defaultTaskPodMemory", wanted.DefaultTaskPodMemory);
        Set(body, "resourceQuotaCpu", wanted.ResourceQuotaCpu);
        Set(body, "resourceQuotaMemory", wanted.ResourceQuotaMemory);
        if (wanted.SchedulerAu is not null || wanted.SchedulerReplicas is not null)
        {
            var scheduler = Child(body, "scheduler");
            Set(scheduler, "au", wanted.SchedulerAu);
            Set(scheduler, "replicas", wanted.SchedulerReplicas);
        }

        if (wanted.ContactEmails is { } emails)
            body["contactEmails"] = new JsonArray([.. emails.Select(e => JsonValue.Create(e))]);
        SetExecutor(body, wanted.Executor);
        SetQueues(body, wanted);
        SetVariables(body, wanted.Variables ?? []);
        if (wanted.HibernationSchedules is { } schedules)
            Child(Child(body, "scalingSpec"), "hibernationSpec")["schedules"] = new JsonArray([.. schedules.Select(ToNode)]);
    }

    // Queues belong to the executors that have workers.
    private static void SetExecutor(JsonObject body, string? executor)
    {
        var former = body.Text("executor");
        Set(body, "executor", executor);
        if (body.Text("executor") == "KUBERNETES")
            body.Remove("workerQueues");
        else if (former == "KUBERNETES" && body["workerQueues"] is null && !IsRemote(body) && !DeploymentUpdateBody.IsHybrid(body))
            body["workerQueues"] = new JsonArray(NewQueue(new WorkerQueueSettings { Name = DefaultQueue }, isHybrid: false));
    }

    /// <summary>Whether tasks run on machines of the customer, which Astro neither sizes nor keeps queues for.</summary>
    internal static bool IsRemote(JsonObject body) => body["remoteExecution"] is JsonObject remote && remote.Flag("enabled");

    private static void SetQueues(JsonObject body, DeploymentSettings wanted)
    {
        if (wanted.WorkerQueues is null && wanted.RemovedQueues is null)
            return;
        if (body["workerQueues"] is not JsonArray queues)
            body["workerQueues"] = queues = [];
        foreach (var name in wanted.RemovedQueues ?? [])
        {
            if (queues.Find("name", name) is { } found)
                queues.Remove(found);
        }

        foreach (var queue in wanted.WorkerQueues ?? [])
        {
            var node = queues.Find("name", queue.Name);
            if (node is null)
                queues.Add(node = NewQueue(queue, DeploymentUpdateBody.IsHybrid(body)));
            Set(node, "astroMachine", queue.AstroMachine);
            Set(node, "nodePoolId", queue.NodePoolId);
            Set(node, "minWorkerCount", queue.MinWorkerCount);
            Set(node, "maxWorkerCount", queue.MaxWorkerCount);
            Set(node, "workerConcurrency", queue.WorkerConcurrency);
            Set(node, "podEphemeralStorage", queue.PodEphemeralStorage);
        }
    }

    // The smallest machine and Astro's own defaults for it (wire contract 4.7).
    private static JsonObject NewQueue(WorkerQueueSettings queue, bool isHybrid)
    {
        var node = new JsonObject
        {
            ["name"] = queue.Name, ["isDefault"] = queue.Name == DefaultQueue, ["minWorkerCount"] = 0, ["maxWorkerCount"] = 10, ["workerConcurrency"] = 5,
        };
        if (!isHybrid)
            node["astroMachine"] = "A5";
        return node;
    }

    private static void SetVariables(JsonObject body, IReadOnlyList<DeploymentVariable> variables)
    {
        if (variables.Count == 0)
            return;
        if (body["environmentVariables"] is not JsonArray list)
            body["environmentVariables"] = list = [];
        foreach (var variable in variables)
        {
            if (list.Find("key", variable.Key) is { } former)
                list.Remove(former);
            if (variable.Secret is { } secret)
                list.Add(new JsonObject { ["key"] = variable.Key, ["isSecret"] = true, ["value"] = SecureStrings.Reveal(secret) });
            else if (variable.Value is { } value)
                list.Add(new JsonObject { ["key"] = variable.Key, ["isSecret"] = false, ["value"] = value });
        }
    }

    private static JsonObject ToNode(DeploymentHibernationSchedule schedule)
    {
        var node = new JsonObject { ["hibernateAtCron"] = schedule.HibernateAt, ["wakeAtCron"] = schedule.WakeAt, ["isEnabled"] = schedule.Enabled };
        Set(node, "description", schedule.Description);
        return node;
    }

    private static JsonObject Child(JsonObject body, string name)
    {
        if (body[name] is not JsonObject child)
            body[name] = child = [];
        return child;
    }

    private static void Set(JsonObject body, string field, string? value)
    {
        if (value is not null)
            body[field] = value;
    }

    private static void Set(JsonObject body, string field, int? value)
    {
        if (value is { } number)
            body[field] = number;
    }

    private static void Set(JsonObject body, string field, bool? value)
    {
        if (value is { } flag)
            body[field] = flag;
    }
}
