using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>
/// The vaults of a HOME. Read at the first use only: like the real one on Linux, a running process does not see what
/// another registers, and overwrites it with its own next change.
/// </summary>
internal static class Registry
{
    private static readonly object s_gate = new();
    private static SortedDictionary<string, Registration>? s_vaults;
    private static string? s_default;

    public static string? DefaultName
    {
        get
        {
            lock (s_gate)
            {
                Load();
                return s_default;
            }
        }
    }

    public static Registration? Find(string name)
    {
        lock (s_gate)
            return Load().TryGetValue(name, out Registration? found) ? found : null;
    }

    /// <summary>All vaults, the default first, the others by name.</summary>
    public static IReadOnlyList<Registration> List()
    {
        lock (s_gate)
        {
            return Load().Values
                .OrderByDescending(vault => string.Equals(vault.Name, s_default, StringComparison.OrdinalIgnoreCase))
                .ToArray();
        }
    }

    public static void Add(Registration vault, bool makeDefault)
    {
        lock (s_gate)
        {
            // Case may have changed with -AllowClobber.
            Load().Remove(vault.Name);
            if (makeDefault || s_vaults!.Count == 0)
                s_default = vault.Name;
            s_vaults!.Add(vault.Name, vault);
            Save();
        }
    }

    public static void Remove(string name)
    {
        lock (s_gate)
        {
            Load().Remove(name);
            if (string.Equals(s_default, name, StringComparison.OrdinalIgnoreCase))
                s_default = null;
            Save();
        }
    }

    public static void SetDefault(string? name)
    {
        lock (s_gate)
        {
            Load();
            s_default = name;
            Save();
        }
    }

    private static SortedDictionary<string, Registration> Load()
    {
        if (s_vaults is not null)
            return s_vaults;

        SortedDictionary<string, Registration> vaults = new(StringComparer.OrdinalIgnoreCase);
        if (RegistryFile.Read() is { } content)
        {
            s_default = content["DefaultVaultName"] as string;
            foreach (DictionaryEntry entry in (Hashtable)content["Vaults"]!)
            {
                Hashtable vault = (Hashtable)entry.Value!;
                vaults.Add((string)entry.Key, new Registration(
                    (string)entry.Key,
                    (string)vault["ModuleName"]!,
                    (string)vault["ModulePath"]!,
                    vault["Description"] as string ?? "",
                    vault["VaultParameters"] as Hashtable ?? new Hashtable(),
                    vault["SetSecretSupportsMetadata"] is true));
            }
        }

        return s_vaults = vaults;
    }

    private static void Save()
    {
        Hashtable vaults = new(StringComparer.OrdinalIgnoreCase);
        foreach (Registration vault in s_vaults!.Values)
        {
            vaults[vault.Name] = new Hashtable
            {
                ["ModuleName"] = vault.ModuleName,
                ["ModulePath"] = vault.ModulePath,
                ["Description"] = vault.Description,
                ["VaultParameters"] = new Hashtable(vault.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value)),
                ["SetSecretSupportsMetadata"] = vault.TakesMetadata,
            };
        }

        RegistryFile.Write(new Hashtable { ["DefaultVaultName"] = s_default, ["Vaults"] = vaults });
    }
}
