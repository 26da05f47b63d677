using System.Text.Json.Nodes;
using AstroAuth.Engine.Deployments;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Deployments;

/// <summary>Whatever a deployment holds, changing one setting changes no other.</summary>
public sealed class DeploymentUpdateProperties
{
    // Each setting, and the only places in the body that it may touch.
    private static readonly (string Touches, DeploymentSettings Settings)[] s_edits =
    [
        ("/name", new() { Name = "another" }),
        ("/description", new() { Description = "another text" }),
        ("/description", new() { Description = "" }),
        ("/isCicdEnforced", new() { EnforceCiCd = true }),
        ("/isCicdEnforced", new() { EnforceCiCd = false }),
        ("/isDagDeployEnabled", new() { DagDeploy = false }),
        ("/isHighAvailability", new() { HighAvailability = true }),
        ("/isDevelopmentMode", new() { DevelopmentMode = false }),
        ("/schedulerSize", new() { SchedulerSize = "LARGE" }),
        ("/scheduler/au", new() { SchedulerAu = 24 }),
        ("/scheduler/replicas", new() { SchedulerReplicas = 4 }),
        ("/taskPodNodePoolId", new() { TaskPodNodePoolId = "cother" }),
        ("/defaultTaskPodCpu", new() { DefaultTaskPodCpu = "1" }),
        ("/resourceQuotaMemory", new() { ResourceQuotaMemory = "40Gi" }),
        ("/contactEmails", new() { ContactEmails = ["new@example.com"] }),
        ("/contactEmails", new() { ContactEmails = [] }),
        ("/workerQueues/default/maxWorkerCount", new() { WorkerQueues = [new() { Name = "default", MaxWorkerCount = 77 }] }),
        ("/workerQueues/queue-1/", new() { RemovedQueues = ["queue-1"] }),
        ("/workerQueues/added/", new() { WorkerQueues = [new() { Name = "added" }] }),
        ("/environmentVariables/KEY_0/", new() { Variables = [new() { Key = "KEY_0", Value = "new" }] }),
        ("/environmentVariables/KEY_1/", new() { Variables = [new() { Key = "KEY_1", Secret = SecureStrings.Conceal("new") }] }),
        ("/environmentVariables/KEY_0/", new() { Variables = [new() { Key = "KEY_0" }] }),
        ("/environmentVariables/ADDED/", new() { Variables = [new() { Key = "ADDED", Value = "x" }] }),
        ("/scalingSpec/hibernationSpec/schedules", new() { HibernationSchedules = [new() { HibernateAt = "0 1 * * *", WakeAt = "0 2 * * *" }] }),
    ];

    [Property(MaxTest = 400)]
    public Property changing_one_setting_changes_no_other() => Prop.ForAll(
        (from document in DeploymentDocuments.Any from edit in Gen.Elements(s_edits) select (document, edit)).ToArbitrary(),
        pair =>
        {
            var before = DeploymentUpdateBody.From(pair.document);
            var after = (JsonObject)before.DeepClone();
            DeploymentEdits.Apply(after, pair.edit.Settings);
            var (old, changed) = (Flatten(before), Flatten(after));
            var touched = old.Keys.Union(changed.Keys).Where(p => old.GetValueOrDefault(p) != changed.GetValueOrDefault(p)).ToList();
            return touched.All(p => p.StartsWith(pair.edit.Touches, StringComparison.Ordinal)
                // Without workers there are no queues to change, unless one is asked for.
                || (p.StartsWith("/workerQueues/", StringComparison.Ordinal) && pair.edit.Settings.WorkerQueues is not null && !old.Keys.Any(k => k.StartsWith("/workerQueues/", StringComparison.Ordinal))))
                .Label(string.Join(", ", touched));
        });

    [Property(MaxTest = 300)]
    public Property an_update_that_changes_nothing_keeps_everything() => Prop.ForAll(DeploymentDocuments.Any.ToArbitrary(), document =>
    {
        var body = DeploymentUpdateBody.From(document);
        var (kept, whole) = (Flatten(body), Flatten(document));
        var hybrid = document["type"]!.GetValue<string>() == "HYBRID";
        string[] notSent = ["/id", "/namespace", "/status", "/organizationId", "/updatedAt", "/apiUrl", "/unknownToThisModule", "/scheduler", "/podCpu", "/podMemory", "/remoteApiUrl", "/isActive"];
        var lost = whole.Keys.Where(p => !kept.ContainsKey(p) && !notSent.Any(n => p.Contains(n, StringComparison.Ordinal)))
            .Where(p => !p.StartsWith("/workerQueues", StringComparison.Ordinal) || document["executor"]!.GetValue<string>() != "KUBERNETES")
            .Where(p => !p.Contains("/override/", StringComparison.Ordinal) || document["scalingSpec"]!["hibernationSpec"]!["override"]!["isActive"]!.GetValue<bool>())
            .ToList();
        var queues = document["executor"]!.GetValue<string>() == "KUBERNETES" || (document["workerQueues"] as JsonArray ?? []).OfType<JsonObject>()
            .All(q => kept.GetValueOrDefault($"/workerQueues/{q["name"]}/id") == q["id"]!.ToJsonString());
        var secrets = (body["environmentVariables"] as JsonArray)!.OfType<JsonObject>().All(v => v["isSecret"]!.GetValue<bool>() != v.ContainsKey("value"));
        return (lost.Count == 0 && queues && secrets && (!hybrid || !body.ContainsKey("schedulerSize"))).Label(string.Join(", ", lost));
    });

    [Property(MaxTest = 200)]
    public Property a_difference_is_told_and_no_secret_is_in_it() => Prop.ForAll(
        (from document in DeploymentDocuments.Any from edit in Gen.Elements(s_edits) select (document, edit)).ToArbitrary(),
        pair =>
        {
            var before = DeploymentUpdateBody.From(pair.document);
            var after = (JsonObject)before.DeepClone();
            DeploymentEdits.Apply(after, pair.edit.Settings with { Variables = [.. pair.edit.Settings.Variables ?? [], new() { Key = "CANARY", Secret = SecureStrings.Conceal("canary-value") }] });
            var changes = DeploymentDiff.Between(before, after);
            return changes.Exists(c => c.Setting == "environmentVariables[CANARY]")
                && !changes.Exists(c => c.ToString().Contains("canary-value", StringComparison.Ordinal))
                && DeploymentDiff.Between(before, (JsonObject)before.DeepClone()).Count == 0;
        });

    // Path and value of every leaf; members of lists by their name or key.
    private static Dictionary<string, string> Flatten(JsonNode? node, string path = "", Dictionary<string, string>? into = null)
    {
        into ??= [];
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                    Flatten(value, $"{path}/{name}", into);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    Flatten(items[i], $"{path}/{items[i] switch { JsonObject o => (o["key"] ?? o["name"])?.GetValue<string>(), _ => null } ?? i.ToString(System.Globalization.CultureInfo.InvariantCulture)}", into);
                break;
            case not null:
                into[path] = node.ToJsonString();
                break;
        }

        return into;
    }
}
