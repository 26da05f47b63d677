using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AstroAuth.Engine.Authentication.AstroCli;

/// <summary>
/// The little of YAML that the CLI writes: maps and plain values. Aliases are refused, so that nothing can grow, and no
/// failure repeats what the file holds.
/// </summary>
internal static class CliYaml
{
    private const int DeepestMap = 32;

    /// <summary>Reads the first document as a map; a value is a text, a map, or null for anything else.</summary>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    internal static CliMap Read(string text)
    {
        foreach (var c in text)
        {
            // The parser would take a zero character for the end.
            if (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))
                throw new InvalidDataException("it is not text");
        }

        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Current is StreamEnd)
                return [];
            parser.Consume<DocumentStart>();
            return ReadValue(parser, 0) switch
            {
                CliMap map => map,
                null => [],
                _ => throw new InvalidDataException("it is not a YAML map"),
            };
        }
        catch (YamlException e)
        {
            // The library's own sentence may quote the file.
            throw new InvalidDataException($"it is not YAML near line {e.Start.Line}, column {e.Start.Column}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("it is not YAML");
        }
    }

    private static object? ReadValue(Parser parser, int depth)
    {
        var line = parser.Current?.Start.Line;
        if (depth > DeepestMap)
            throw new InvalidDataException($"it is nested more than {DeepestMap} levels deep at line {line}");
        if (parser.TryConsume<Scalar>(out var scalar))
            return scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL" ? null : scalar.Value;
        if (parser.TryConsume<SequenceStart>(out _))
        {
            while (!parser.TryConsume<SequenceEnd>(out _))
                ReadValue(parser, depth + 1);
            return null;
        }

        if (!parser.TryConsume<MappingStart>(out _))
            throw new InvalidDataException($"it uses an alias at line {line}, which the Astro CLI never writes");
        var map = new CliMap();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            line = parser.Current?.Start.Line;
            if (ReadValue(parser, depth + 1) is not string key || map.ContainsKey(key))
                throw new InvalidDataException($"a name is missing, or there twice, at line {line}");
            if (key.Any(char.IsControl))
                throw new InvalidDataException($"a name holds more than one line at line {line}");
            map.Add(key, ReadValue(parser, depth + 1));
        }

        return map;
    }
}

/// <summary>A map of the file; names count without regard to case, as they do for the CLI.</summary>
internal sealed class CliMap : Dictionary<string, object?>
{
    internal CliMap()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>The text under a name; null when it is empty or something else.</summary>
    /// <exception cref="InvalidDataException">It holds more than a line, which nothing that the CLI writes does.</exception>
    internal string? Text(string name)
    {
        if (!TryGetValue(name, out var value) || value is not string text || string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        return text.Any(char.IsControl) ? throw new InvalidDataException($"'{name}' holds more than one line") : text;
    }

    /// <summary>The map under a name; an empty one when there is none.</summary>
    /// <exception cref="InvalidDataException">There is something else.</exception>
    internal CliMap Map(string name) => !TryGetValue(name, out var value) || value is null
        ? []
        : value as CliMap ?? throw new InvalidDataException($"'{name}' is not a map");
}
