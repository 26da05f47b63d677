using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace AstroAuth.Engine.Api;

/// <summary>JSON as a tree of dictionaries, lists, texts, numbers and booleans, which PowerShell can take apart.</summary>
internal static class PlainJson
{
    internal static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new List<KeyValuePair<string, object?>>();
                foreach (var member in element.EnumerateObject())
                    members.Add(new(member.Name, Read(member.Value)));
                return members;
            case JsonValueKind.Array:
                var items = new List<object?>();
                foreach (var item in element.EnumerateArray())
                    items.Add(Read(item));
                return items;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>Sees to it that all texts in a tree can be read; an element itself looks at them only when it is asked.</summary>
    /// <exception cref="JsonException">One is not text.</exception>
    internal static void Prove(JsonElement element)
    {
        try
        {
            Read(element);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <exception cref="AstroException">InvalidBody.</exception>
    internal static byte[] Write(object body)
    {
        if (body is string text)
            return Check(text);
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream);
        try
        {
            Write(writer, body);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // A number that JSON has not, or a tree without end.
            throw Invalid(e);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static byte[] Check(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return System.Text.Encoding.UTF8.GetBytes(text);
        }
        catch (JsonException e)
        {
            throw Invalid(e);
        }
    }

    private static AstroException Invalid(Exception e) =>
        new(nameof(Strings.InvalidBody), Strings.Format(Strings.InvalidBody, e.Message.TrimEnd('.')), AstroErrorCategory.InvalidArgument, "Body");

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case DateTimeOffset time: writer.WriteStringValue(time.UtcDateTime); break;
            case DateTime time: writer.WriteStringValue(time.ToUniversalTime()); break;
            case double number: writer.WriteNumberValue(number); break;
            case float number: writer.WriteNumberValue(number); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case sbyte or byte or short or ushort or int or uint or long: writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                writer.WriteStartObject();
                foreach (var member in members)
                {
                    writer.WritePropertyName(member.Key);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default: writer.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }
}
