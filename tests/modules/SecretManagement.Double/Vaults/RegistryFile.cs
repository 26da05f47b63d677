using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using System.Runtime.InteropServices;

namespace Microsoft.PowerShell.SecretManagement.Vaults;

/// <summary>The registry on disk: JSON, at a place that is fixed at first use.</summary>
internal static class RegistryFile
{
    private static readonly string s_path = Path.Combine(FindFolder(), "vaultinfo");

    public static Hashtable? Read()
    {
        if (!File.Exists(s_path))
            return null;

        try
        {
            return Json.Read(File.ReadAllText(s_path));
        }
        catch (Exception error) when (error is RuntimeException or InvalidCastException)
        {
            // The real module throws all registrations away when it cannot read them.
            File.Delete(s_path);
            return null;
        }
    }

    public static void Write(Hashtable content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(s_path)!);
        File.WriteAllText(s_path, Json.Write(content));
    }

    private static string FindFolder()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return Path.Combine(
                Environment.GetEnvironmentVariable("LOCALAPPDATA") ?? throw NoHome(),
                "Microsoft", "PowerShell", "secretmanagement", "secretvaultregistry");
        }

        return Path.Combine(
            Environment.GetEnvironmentVariable("HOME") ?? throw NoHome(),
            ".secretmanagement", "secretvaultregistry");
    }

    private static InvalidOperationException NoHome() => new("Unable to find the folder of the vault registry: there is no home folder.");
}
