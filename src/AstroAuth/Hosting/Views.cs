using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using AstroAuth.Session;

namespace AstroAuth.Hosting;

/// <summary>
/// Registers types and views on first use instead of at import: reading the XML would cost a third of the import.
/// What matters for secrets, that Export-Clixml leaves values out, is there before any object is.
/// </summary>
internal static class Views
{
    private const string Library = ", Microsoft.PowerShell.Commands.Utility, Version=3.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35";

    private static readonly string[] AccessTokenShown = ["Connection", "Kind", "Scope", "ExpiresOn"];

    internal static void EnsureTypes(PSCmdlet cmdlet, SessionConnections connections)
    {
        if (connections.HasTypes)
            return;
        connections.HasTypes = true;

        // A SecureString is not encrypted by Export-Clixml outside Windows, so that it must not be written at all.
        Register(typeof(AstroAccessToken), AccessTokenShown, shown: true);
        Register(typeof(AstroIssuedApiToken), Array.FindAll(Array.ConvertAll(typeof(AstroIssuedApiToken).GetProperties(), p => p.Name), n => n != nameof(AstroIssuedApiToken.Token)), shown: false);

        static void Register(Type type, string[] serialized, bool shown)
        {
            var parameters = new Dictionary<string, object>
            {
                ["TypeName"] = type.FullName!,
                ["SerializationMethod"] = "SpecificProperties",
                ["PropertySerializationSet"] = serialized,
                ["Force"] = true,
            };
            if (shown)
                parameters["DefaultDisplayPropertySet"] = serialized;
            Invoke("Update-TypeData", "Microsoft.PowerShell.Commands.UpdateTypeDataCommand", parameters);
        }
    }

    internal static void EnsureFormats(PSCmdlet cmdlet, SessionConnections connections)
    {
        if (connections.HasFormats)
            return;
        connections.HasFormats = true;
        Invoke(
            "Update-FormatData",
            "Microsoft.PowerShell.Commands.UpdateFormatDataCommand",
            new Dictionary<string, object> { ["AppendPath"] = Path.Combine(EngineHost.ModuleFolder, "AstroAuth.Format.ps1xml") });
    }

    // The cmdlet's class is called directly, so that its module need not be looked for.
    private static void Invoke(string name, string type, Dictionary<string, object> parameters)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo(name, Type.GetType(type + Library, throwOnError: true)!));
        shell.AddParameters(parameters);
        shell.AddParameter("ErrorAction", ActionPreference.Stop);
        shell.AddParameter("WhatIf", false);
        shell.AddParameter("Confirm", false);
        shell.AddParameter("Verbose", false);
        shell.Invoke();
    }
}
