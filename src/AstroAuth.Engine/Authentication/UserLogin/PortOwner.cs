using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Finds who holds a port, where the system lets one see it without more rights.</summary>
internal static class PortOwner
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>A piece of a sentence with the process's name and id; empty when it cannot be found.</summary>
    internal static string Describe(int port)
    {
        try
        {
            return Directory.Exists("/proc/net") && FindSocket(port) is { } inode ? FindProcess($"socket:[{inode}]") : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // Columns of /proc/net/tcp: 1 local address and port in hex, 3 state (0A: listening), 9 the socket's inode.
    private static string? FindSocket(int port)
    {
        var ending = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return Tables.Where(File.Exists).SelectMany(File.ReadAllLines)
            .Select(line => line.Split([' '], StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(c => c.Length > 9 && c[3] == "0A" && c[1].EndsWith(ending, StringComparison.Ordinal))?[9];
    }

    private static string FindProcess(string socket)
    {
#if NET
        foreach (var process in Directory.GetDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)))
        {
            try
            {
                if (Directory.GetFiles(Path.Combine(process, "fd")).Any(f => new FileInfo(f).LinkTarget == socket))
                    return $" by {File.ReadAllText(Path.Combine(process, "comm")).Trim()} (process {Path.GetFileName(process)})";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's process, or one that has just ended.
            }
        }
#endif
        return "";
    }
}
