using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>What registration finds out about a vault's module: where it is, and whether it has the functions.</summary>
internal sealed class ExtensionModule
{
    private static readonly Dictionary<string, string[]> s_required = new()
    {
        ["Get-Secret"] = new[] { "Name", "VaultName", "AdditionalParameters" },
        ["Get-SecretInfo"] = new[] { "Filter", "VaultName", "AdditionalParameters" },
        ["Remove-Secret"] = new[] { "Name", "VaultName", "AdditionalParameters" },
        ["Set-Secret"] = new[] { "Name", "Secret", "VaultName", "AdditionalParameters" },
        ["Test-SecretVault"] = new[] { "VaultName", "AdditionalParameters" },
    };

    private ExtensionModule(string name, string path, IReadOnlyDictionary<string, CommandInfo> commands)
    {
        Name = name;
        Path = path;
        TakesMetadata = commands["Set-Secret"].Parameters.ContainsKey("Metadata");
    }

    public string Name { get; }

    public string Path { get; }

    public bool TakesMetadata { get; }

    /// <summary>Imports the module and its extension in a runspace that is thrown away.</summary>
    /// <exception cref="ItemNotFoundException">It cannot be found or imported.</exception>
    /// <exception cref="InvalidDataException">It is no vault extension: the message names what is missing.</exception>
    public static ExtensionModule Inspect(string nameOrPath)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        PSModuleInfo module = Import(runspace, nameOrPath);
        string folder = System.IO.Path.GetDirectoryName(module.Path)!;
        string extension = module.Name + ".Extension";
        PSModuleInfo nested;
        try
        {
            nested = Import(runspace, System.IO.Path.Combine(folder, extension));
        }
        catch (ItemNotFoundException error)
        {
            throw new InvalidDataException($"The module {module.Name} has no importable {extension}: {error.Message}", error);
        }

        foreach (KeyValuePair<string, string[]> required in s_required)
        {
            if (!nested.ExportedCommands.TryGetValue(required.Key, out CommandInfo? command))
                throw new InvalidDataException($"The vault extension {extension} has no {required.Key} function.");
            string? missing = required.Value.FirstOrDefault(name => !command.Parameters.ContainsKey(name));
            if (missing is not null)
                throw new InvalidDataException($"The function {required.Key} of {extension} has no parameter {missing}.");
        }

        return new ExtensionModule(module.Name, WithoutVersion(folder), nested.ExportedCommands);
    }

    private static PSModuleInfo Import(Runspace runspace, string name)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddCommand("Import-Module")
            .AddParameter("Name", name)
            .AddParameter("PassThru")
            .AddParameter("Force")
            .AddParameter("ErrorAction", "Stop");
        try
        {
            return (PSModuleInfo)shell.Invoke()[0].BaseObject;
        }
        catch (Exception error) when (error is RuntimeException or IOException)
        {
            throw new ItemNotFoundException(error.Message, error);
        }
    }

    private static string WithoutVersion(string folder) =>
        Version.TryParse(System.IO.Path.GetFileName(folder), out _) ? System.IO.Path.GetDirectoryName(folder)! : folder;
}
