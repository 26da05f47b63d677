using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Deployments;

/// <summary>Deployments as Astro might answer, of every type and with everything they may hold.</summary>
internal static class DeploymentDocuments
{
    private static readonly string[] s_words = ["etl", "sales", "nightly run", "ünïcode ✓", "", "a\"b\\c"];

    internal static Gen<JsonObject> Any =>
        from type in Gen.Elements("STANDARD", "DEDICATED", "HYBRID")
        from executor in Gen.Elements("CELERY", "KUBERNETES", "ASTRO")
        from name in Gen.Elements("prod", "etl 2", "x")
        from description in Gen.Elements(s_words)
        from flags in Gen.ListOf(Gen.Elements(true, false), 4)
        from queues in Gen.Choose(0, 4)
        from variables in Gen.ListOf(Gen.Elements(true, false))
        from emails in Gen.Choose(0, 3)
        from schedules in Gen.Choose(0, 3)
        from parts in Gen.ListOf(Gen.Elements(true, false), 4)
        select Make(type, executor, name, description, [.. flags], queues, [.. variables], emails, schedules, [.. parts]);

    private static JsonObject Make(
        string type, string executor, string name, string description, bool[] flags, int queues, bool[] variables, int emails, int schedules, bool[] parts)
    {
        var hybrid = type == "HYBRID";
        var document = new JsonObject
        {
            ["id"] = "cdeployment00000000000000", ["name"] = name, ["namespace"] = "solar-flare-1234", ["status"] = "HEALTHY", ["type"] = type,
            ["workspaceId"] = "cworkspace000000000000000", ["organizationId"] = "corganization000000000000", ["executor"] = executor,
            ["isCicdEnforced"] = flags[0], ["isDagDeployEnabled"] = flags[1], ["updatedAt"] = "2026-11-01T00:00:00Z", ["apiUrl"] = "https://x/api/v2",
            ["schedulerReplicas"] = 2, ["unknownToThisModule"] = new JsonObject { ["x"] = 1 },
            ["environmentVariables"] = new JsonArray([.. variables.Select((secret, i) => Variable(i, secret))]),
        };
        if (description.Length > 0)
            document["description"] = description;
        if (emails > 0)
            document["contactEmails"] = new JsonArray([.. Enumerable.Range(0, emails).Select(i => JsonValue.Create($"person{i}@example.com"))]);
        if (queues > 0)
            document["workerQueues"] = new JsonArray([.. Enumerable.Range(0, queues).Select(i => Queue(i, hybrid))]);
        if (hybrid)
        {
            document["schedulerAu"] = 10;
            if (parts[0])
                document["taskPodNodePoolId"] = "cpool00000000000000000000";
            return document;
        }

        document["schedulerSize"] = "SMALL";
        document["isHighAvailability"] = schedules == 0 && flags[2];
        document["isDevelopmentMode"] = schedules > 0 || flags[3];
        document["defaultTaskPodCpu"] = "0.25";
        document["defaultTaskPodMemory"] = "0.5Gi";
        document["resourceQuotaCpu"] = "10";
        document["resourceQuotaMemory"] = "20Gi";
        if (parts[1])
            document["remoteExecution"] = new JsonObject { ["enabled"] = false, ["allowedIpAddressRanges"] = new JsonArray("10.0.0.0/8"), ["remoteApiUrl"] = "https://r", ["taskLogBucket"] = "s3://b" };
        if (schedules > 0)
        {
            var spec = new JsonObject { ["schedules"] = new JsonArray([.. Enumerable.Range(0, schedules).Select(Schedule)]) };
            if (parts[2])
                spec["override"] = new JsonObject { ["isActive"] = parts[3], ["isHibernating"] = true, ["overrideUntil"] = "2026-12-01T00:00:00Z" };
            document["scalingSpec"] = new JsonObject { ["hibernationSpec"] = spec };
        }

        return document;
    }

    private static JsonObject Variable(int i, bool secret) => secret
        ? new JsonObject { ["key"] = $"KEY_{i}", ["isSecret"] = true, ["updatedAt"] = "2026-11-01T00:00:00Z" }
        : new JsonObject { ["key"] = $"KEY_{i}", ["isSecret"] = false, ["value"] = $"value {i}", ["updatedAt"] = "2026-11-01T00:00:00Z" };

    private static JsonObject Queue(int i, bool hybrid)
    {
        var queue = new JsonObject
        {
            ["id"] = $"cqueue{i}", ["name"] = i == 0 ? "default" : $"queue-{i}", ["isDefault"] = i == 0, ["minWorkerCount"] = i, ["maxWorkerCount"] = 10 + i,
            ["workerConcurrency"] = 5, ["podCpu"] = "1", ["podMemory"] = "2Gi",
        };
        queue[hybrid ? "nodePoolId" : "astroMachine"] = hybrid ? "cpool" : "A10";
        if (!hybrid && i % 2 == 1)
            queue["podEphemeralStorage"] = "20Gi";
        return queue;
    }

    private static JsonObject Schedule(int i) => new()
    {
        ["hibernateAtCron"] = $"{i} 18 * * 1-5", ["wakeAtCron"] = "0 8 * * 1-5", ["isEnabled"] = i % 2 == 0, ["description"] = $"schedule {i}",
    };
}
