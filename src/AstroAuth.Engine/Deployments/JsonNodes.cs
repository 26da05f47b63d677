using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AstroAuth.Engine.Deployments;

/// <summary>Reads members of a JSON object that may be absent or of another kind.</summary>
internal static class JsonNodes
{
    /// <summary>A member; null where there is none, or nothing that could have one.</summary>
    internal static JsonNode? Part(this JsonNode? node, string field) => (node as JsonObject)?[field];

    internal static string? Text(this JsonObject node, string field) =>
        node[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    internal static bool Flag(this JsonObject node, string field) =>
        node[field] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    internal static bool IsFalse(this JsonObject node, string field) =>
        node[field] is JsonValue value && value.GetValueKind() == JsonValueKind.False;

    internal static IEnumerable<JsonObject> Objects(this JsonObject node, string field) =>
        (node[field] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The first object of a list whose member has this text.</summary>
    internal static JsonObject? Find(this JsonArray items, string field, string text) =>
        items.OfType<JsonObject>().FirstOrDefault(o => string.Equals(o.Text(field), text, StringComparison.Ordinal));
}
