using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AstroAuth.Engine.Platform;

/// <summary>Opens the system's browser at an address; the address is all that appears in a process's arguments.</summary>
internal static class BrowserLauncher
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    /// <returns>What went wrong, or null.</returns>
    internal static string? TryOpen(Uri address)
    {
        try
        {
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                using var shell = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
                return null;
            }

            return OpenWithTool(RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "open" : "xdg-open", address);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return e.Message;
        }
    }

    // The shell only keeps what the browser prints out of the terminal; the address is a parameter, never part of the script.
    private static string? OpenWithTool(string tool, Uri address)
    {
#if NET
        using var process = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            ArgumentList = { "-c", $"command -v {tool} >/dev/null || exit 127; exec {tool} \"$1\" </dev/null >/dev/null 2>&1", "sh", address.AbsoluteUri },
        })!;
        if (!process.WaitForExit(Glance) || process.ExitCode == 0)
            return null;
        return process.ExitCode == 127 ? $"there is no {tool}" : $"{tool} ended with {process.ExitCode}";
#else
        return $"{tool} is not used here";
#endif
    }
}
