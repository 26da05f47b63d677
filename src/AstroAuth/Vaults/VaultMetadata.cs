using System;
using System.Collections;
using System.Collections.Generic;

namespace AstroAuth.Vaults;

/// <summary>Metadata in the only types that every vault takes: string, int and DateTime.</summary>
internal static class VaultMetadata
{
    internal static readonly IReadOnlyDictionary<string, object> None = new Dictionary<string, object>();

    /// <summary>What was there, with what is new over it; numbers go back to the type that vaults accept.</summary>
    internal static Hashtable Merge(IReadOnlyDictionary<string, object>? before, IReadOnlyDictionary<string, object> added)
    {
        var merged = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in before ?? None)
            merged[entry.Key] = Normalise(entry.Value);
        foreach (var entry in added)
            merged[entry.Key] = Normalise(entry.Value);
        return merged;
    }

    private static object Normalise(object value) => value switch
    {
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        DateTimeOffset time => time.UtcDateTime,
        DateTime { Kind: DateTimeKind.Unspecified } time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        _ => value,
    };
}
