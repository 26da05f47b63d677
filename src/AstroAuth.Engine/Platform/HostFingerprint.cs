using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32;

namespace AstroAuth.Engine.Platform;

/// <summary>
/// A short name for where a process runs, such that two processes with the same name can see each other by their process
/// ids. Where that is not certain it is a name that nobody else has.
/// </summary>
internal static class HostFingerprint
{
    internal static string Get()
    {
        var parts = ReadParts();
        var text = parts is null ? Guid.NewGuid().ToString("N") : $"{parts}\n{Environment.MachineName}\n{Environment.UserName}";
        return ShortHash.Of(text, 10);
    }

    private static string? ReadParts()
    {
        try
        {
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
                return ReadMachineGuid();
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
                return null;

            // Containers share the boot id and may share the machine id; each has process ids of its own.
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var space = ReadProcessIdSpace();
            var machine = File.Exists("/etc/machine-id") ? File.ReadAllText("/etc/machine-id").Trim() : "";
            return boot.Length == 0 || space is null ? null : $"{boot}\n{space}\n{machine}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return null;
        }
    }

    private static string? ReadProcessIdSpace()
    {
#if NET
        return new FileInfo("/proc/self/ns/pid").LinkTarget;
#else
        return null;
#endif
    }

    private static string? ReadMachineGuid()
    {
#if NET
        if (!OperatingSystem.IsWindows())
            return null;
#endif
        using var key = Registry.LocalMachine.OpenSubKey(@"SOFTWARE\Microsoft\Cryptography");
        return key?.GetValue("MachineGuid") as string;
    }
}
