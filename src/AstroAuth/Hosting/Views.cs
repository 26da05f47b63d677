using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AstroAuth.Commands.Request;
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
    private static readonly string[] IssuedTokenKept =
        ["Id", "Name", "Description", "Scope", "Kind", "Roles", "ExpiresOn", "DaysLeft", "CreatedOn", "ShortToken", "OrganizationId", "Vault", "SecretName"];

    private static readonly string[] RotationKept =
        ["Id", "OldId", "NewId", "Name", "Strategy", "Status", "Reason", "ErrorId", "Vault", "SecretName", "ExpiresOn", "OldTokenRetiresOn", "Duration"];

    internal static void EnsureTypes(SessionConnections connections)
    {
        if (connections.HasTypes)
            return;

        // A SecureString is not encrypted by Export-Clixml outside Windows, so that it must not be written at all.
        connections.HasTypes = AddTypes(
        [
            Serialize(typeof(AstroAccessToken).FullName!, AccessTokenShown, shown: true),
            Serialize(typeof(AstroIssuedApiToken).FullName!, IssuedTokenKept, shown: false),
            Serialize(typeof(AstroTokenRotation).FullName!, RotationKept, shown: false),
            AnswerWithToken(),
        ]);
    }

    private static TypeData Serialize(string type, string[] properties, bool shown)
    {
        var set = new PropertySetData(properties);
        var data = new TypeData(type) { SerializationMethod = "SpecificProperties", PropertySerializationSet = set };
        if (shown)
            data.DefaultDisplayPropertySet = set;
        return data;
    }

    private static TypeData AnswerWithToken()
    {
        var data = Serialize(AnswerSecret.TypeName, ["id"], shown: false);
        data.Members.Add("token", new CodePropertyData("token", typeof(AnswerSecret).GetMethod(nameof(AnswerSecret.Get))));
        return data;
    }

    internal static void EnsureFormats(SessionConnections connections)
    {
        if (connections.HasFormats)
            return;
        connections.HasFormats = AddTypes(ShortViews.All()) && Invoke(
            "Update-FormatData",
            "Microsoft.PowerShell.Commands.UpdateFormatDataCommand",
            new Dictionary<string, object> { ["AppendPath"] = Files() });
    }

    private static bool AddTypes(TypeData[] types) => Invoke(
        "Update-TypeData",
        "Microsoft.PowerShell.Commands.UpdateTypeDataCommand",
        new Dictionary<string, object> { ["TypeData"] = types, ["Force"] = true });

    // One call for all of them: each call makes PowerShell read the views of the whole session again.
    private static string[] Files()
    {
        var files = Directory.GetFiles(Path.Combine(EngineHost.ModuleFolder, "views"), "*.ps1xml");
        for (var i = 0; i < files.Length; i++)
            files[i] = WildcardPattern.Escape(files[i]);
        return files;
    }

    // The cmdlet's class is called directly, so that its module need not be looked for.
    private static bool Invoke(string name, string type, Dictionary<string, object> parameters)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo(name, Type.GetType(type + Library, throwOnError: true)!));
        shell.AddParameters(parameters);
        shell.AddParameter("ErrorAction", ActionPreference.Stop);
        shell.AddParameter("WhatIf", false);
        shell.AddParameter("Confirm", false);
        shell.AddParameter("Verbose", false);
        shell.Invoke();

        // A call that Ctrl+C ended throws nothing; it is made again next time.
        return shell.InvocationStateInfo.State == PSInvocationState.Completed;
    }
}
