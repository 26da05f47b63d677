using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace AstroAuth.Engine.Platform;

/// <summary>A process by its id and its start, because ids are given out again.</summary>
internal static class ProcessStamp
{
    /// <summary>This process, as <c>pid.start</c>.</summary>
    internal static string Own()
    {
        using var self = Process.GetCurrentProcess();
        return $"{self.Id.ToString(CultureInfo.InvariantCulture)}.{ReadStart(self)}";
    }

    /// <summary>Whether a process of this host has certainly ended; only to be asked about the own host.</summary>
    internal static bool IsGone(string stamp)
    {
        var parts = stamp.Split('.');
        if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return ReadStart(process) is { } start && start != parts[1];
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            // It is there and does not let itself be looked at.
            return false;
        }
    }

    // On Linux from the kernel's own count: .NET makes a time of it that shifts when the clock is set.
    private static string? ReadStart(Process process)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
            return process.StartTime.ToFileTimeUtc().ToString("x", CultureInfo.InvariantCulture);
        var stat = File.ReadAllText($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/stat");

        // A command's name may hold blanks and parentheses; field 3 begins after the last one. The start is field 22.
        var fields = stat.Substring(stat.LastIndexOf(')') + 2).Split(' ');
        var isEnded = fields[0] is "Z" or "X";
        return isEnded ? "" : ulong.Parse(fields[19], CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture);
    }
}
