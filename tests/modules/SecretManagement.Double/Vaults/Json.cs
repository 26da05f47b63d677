using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>PowerShell's own JSON, whose changes of type (int to long, SecureString to its length) belong to the contract.</summary>
internal static class Json
{
    public static string Write(object value) => (string)Run("ConvertTo-Json", ("InputObject", value), ("Depth", 5)).BaseObject;

    public static Hashtable Read(string text) => (Hashtable)Convert(Run("ConvertFrom-Json", ("InputObject", text)))!;

    private static PSObject Run(string command, params (string Name, object Value)[] parameters)
    {
        // Not the vaults' runspace: the registry is read while that may be busy.
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddCommand(command).AddParameter("ErrorAction", "Stop");
        foreach ((string name, object value) in parameters)
            shell.AddParameter(name, value);
        return shell.Invoke()[0];
    }

    private static object? Convert(object? value)
    {
        switch (value)
        {
            case PSObject { BaseObject: PSCustomObject } custom:
                Hashtable table = new(System.StringComparer.OrdinalIgnoreCase);
                foreach (PSPropertyInfo property in custom.Properties)
                    table[property.Name] = Convert(property.Value);
                return table;
            case PSObject wrapped:
                return Convert(wrapped.BaseObject);
            case IEnumerable<object?> list:
                return list.Select(Convert).ToArray();
            default:
                return value;
        }
    }
}
