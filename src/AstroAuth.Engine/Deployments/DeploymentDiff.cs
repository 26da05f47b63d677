using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AstroAuth.Engine.Deployments;

/// <summary>Tells two request bodies apart, setting by setting; members of lists are matched by name or key, not by place.</summary>
internal static class DeploymentDiff
{
    private const string Hidden = "(secret)";

    internal static List<AstroSettingChange> Between(JsonObject before, JsonObject after)
    {
        var changes = new List<AstroSettingChange>();
        Compare("", before, after, changes);
        return changes;
    }

    private static void Compare(string path, JsonNode? before, JsonNode? after, List<AstroSettingChange> changes)
    {
        if (before is JsonObject || after is JsonObject)
        {
            if (((before ?? after) as JsonObject)?.ContainsKey("isSecret") == true)
                CompareVariable(path, before as JsonObject, after as JsonObject, changes);
            else
                CompareMembers(path, before as JsonObject, after as JsonObject, changes);
        }
        else if (before is JsonArray || after is JsonArray)
        {
            CompareItems(path, before as JsonArray ?? [], after as JsonArray ?? [], changes);
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            changes.Add(new AstroSettingChange(path, Show(before), Show(after)));
        }
    }

    private static void CompareMembers(string path, JsonObject? before, JsonObject? after, List<AstroSettingChange> changes)
    {
        foreach (var name in Names(before).Union(Names(after)))
            Compare(path.Length == 0 ? name : $"{path}.{name}", before?[name], after?[name], changes);
    }

    private static void CompareItems(string path, JsonArray before, JsonArray after, List<AstroSettingChange> changes)
    {
        var names = before.Concat(after).Select(NameOf).ToList();
        if (names.Contains(null))
        {
            // Plain values, or objects without a name: the list is one value.
            if (!JsonNode.DeepEquals(before, after))
                changes.Add(new AstroSettingChange(path, Show(before), Show(after)));
            return;
        }

        foreach (var name in names.Distinct(StringComparer.Ordinal))
            Compare($"{path}[{name}]", before.FirstOrDefault(n => NameOf(n) == name), after.FirstOrDefault(n => NameOf(n) == name), changes);
    }

    // A secret that goes along without a value is kept, one with a value is set.
    private static void CompareVariable(string path, JsonObject? before, JsonObject? after, List<AstroSettingChange> changes)
    {
        if (before is not null && after is not null && JsonNode.DeepEquals(before, after))
            return;
        changes.Add(new AstroSettingChange(path, Describe(before), Describe(after)));
    }

    private static string? Describe(JsonObject? variable) =>
        variable is null ? null : variable.Flag("isSecret") ? Hidden : Show(variable["value"]) ?? "";

    private static IEnumerable<string> Names(JsonObject? node) => node?.Select(m => m.Key) ?? [];

    private static string? NameOf(JsonNode? node) => node is JsonObject item ? item.Text("key") ?? item.Text("name") : null;

    private static string? Show(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };
}
