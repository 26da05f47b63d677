using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>One vault of the registry.</summary>
internal sealed class Registration
{
    public Registration(string name, string moduleName, string modulePath, string description, Hashtable parameters, bool takesMetadata)
    {
        Name = name;
        ModuleName = moduleName;
        ModulePath = modulePath;
        Description = description;
        TakesMetadata = takesMetadata;

        Dictionary<string, object?> copy = new(parameters.Count, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in parameters)
            copy[(string)entry.Key] = entry.Value;
        Parameters = new ReadOnlyDictionary<string, object?>(copy);
    }

    public string Name { get; }

    public string ModuleName { get; }

    /// <summary>Absolute, without the version: moving the module breaks the registration.</summary>
    public string ModulePath { get; }

    public string Description { get; }

    public ReadOnlyDictionary<string, object?> Parameters { get; }

    /// <summary>Whether the vault's Set-Secret has a Metadata parameter, as seen when it was registered.</summary>
    public bool TakesMetadata { get; }
}
