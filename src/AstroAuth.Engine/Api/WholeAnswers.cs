using System;
using System.Collections;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>
/// Reads answers so that what is made of them can rely on two things: no list holds a null, which the contract knows nowhere,
/// and what stays as it came can be read as text.
/// </summary>
internal static class WholeAnswers
{
    private static readonly ConcurrentDictionary<JsonTypeInfo, JsonTypeInfo> Known = new();

    /// <summary>The type with these checks.</summary>
    internal static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type) => (JsonTypeInfo<T>)Known.GetOrAdd(
        type,
        static t => new JsonSerializerOptions(t.Options) { TypeInfoResolver = t.OriginatingResolver!.WithAddedModifier(Add) }.GetTypeInfo(t.Type));

    /// <exception cref="JsonException">It is not such an answer.</exception>
    internal static async ValueTask<object?> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var answer = await JsonSerializer.DeserializeAsync(stream, Of(type), cancellationToken);
        Check(answer);
        return answer;
    }

    private static void Add(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var open = type.Properties
            .Where(p => p.Get is not null && (typeof(IList).IsAssignableFrom(p.PropertyType) || p.PropertyType == typeof(JsonElement?)))
            .Select(p => p.Get!).ToArray();
        if (open.Length == 0)
            return;
        type.OnDeserialized = answer =>
        {
            foreach (var get in open)
                Check(get(answer));
        };
    }

    private static void Check(object? value)
    {
        switch (value)
        {
            case IList items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is null)
                        throw new JsonException("A list holds a null.");
                }

                break;
            case JsonElement element:
                PlainJson.Prove(element);
                break;
            case JsonNode node:
                Prove(node);
                break;
        }
    }

    // Nodes are read when they are used, and would fail there.
    private static void Prove(JsonNode? node)
    {
        try
        {
            switch (node)
            {
                case JsonObject members:
                    foreach (var member in members)
                        Prove(member.Value);
                    break;
                case JsonArray items:
                    foreach (var item in items)
                        Prove(item);
                    break;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                    value.GetValue<string>();
                    break;
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new JsonException(e.Message, e);
        }
    }
}
