using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Microsoft.PowerShell.SecretManagement;

/// <summary>What a vault tells about a secret: everything but its value.</summary>
public sealed class SecretInformation
{
    public SecretInformation(string name, SecretType type, string vaultName)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Type = type;
        VaultName = vaultName ?? throw new ArgumentNullException(nameof(vaultName));
    }

    public SecretInformation(string name, SecretType type, string vaultName, ReadOnlyDictionary<string, object?>? metadata)
        : this(name, type, vaultName) => Metadata = metadata;

    public SecretInformation(string name, SecretType type, string vaultName, Hashtable? metadata)
        : this(name, type, vaultName) => Metadata = metadata is null ? null : Copy(metadata);

    public string Name { get; }

    public SecretType Type { get; }

    public string VaultName { get; }

    public ReadOnlyDictionary<string, object?>? Metadata { get; }

    private static ReadOnlyDictionary<string, object?> Copy(Hashtable metadata)
    {
        Dictionary<string, object?> copy = new(metadata.Count, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in metadata)
            copy[(string)entry.Key] = entry.Value;
        return new ReadOnlyDictionary<string, object?>(copy);
    }
}
