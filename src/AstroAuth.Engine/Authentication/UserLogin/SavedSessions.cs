using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>The folder of saved sessions: for each connection's name what is known of it, beside the store of its tokens.</summary>
internal static class SavedSessions
{
    private const string Ending = ".json";

    /// <summary>The folder, or null where the user has no place of their own.</summary>
    internal static string? Folder =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } local
            ? Path.Combine(local, "AstroAuth", "sessions")
            : null;

    /// <summary>The name of a connection's files: any name is a good one then, and case does not count.</summary>
    internal static string FileOf(string connection)
    {
        var name = Encoding.UTF8.GetBytes(connection.ToUpperInvariant());
#if NET
        return Convert.ToHexString(SHA256.HashData(name), 0, 12).ToLowerInvariant();
#else
        using var hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(name), 0, 12).Replace("-", "").ToLowerInvariant();
#endif
    }

    /// <summary>What is saved under a name; null for nothing, or nothing that can be read.</summary>
    internal static SavedSession? TryRead(string connection) => Folder is { } folder ? TryReadFile(Path.Combine(folder, FileOf(connection) + Ending)) : null;

    internal static List<SavedSession> List()
    {
        try
        {
            return Folder is { } folder && Directory.Exists(folder)
                ? [.. Directory.GetFiles(folder, "*" + Ending).Select(TryReadFile).OfType<SavedSession>().OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)]
                : [];
        }
        catch (Exception e) when (PrivateFiles.IsProblem(e))
        {
            return [];
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void Write(SavedSession session)
    {
        var file = Path.Combine(Folder!, FileOf(session.Name) + Ending);
        PrivateFiles.EnsureFolder(Folder!);
        // Whole or not at all: another process may be reading.
        var next = $"{file}.{Guid.NewGuid():n}";
        PrivateFiles.EnsureFile(next);
        File.WriteAllBytes(next, SavedSessionText.Write(session));
        if (File.Exists(file))
            File.Replace(next, file, null);
        else
            File.Move(next, file);
    }

    internal static void Delete(string connection)
    {
        if (Folder is { } folder)
            File.Delete(Path.Combine(folder, FileOf(connection) + Ending));
    }

    private static SavedSession? TryReadFile(string file)
    {
        try
        {
            return File.Exists(file) ? SavedSessionText.Read(File.ReadAllBytes(file)) : null;
        }
        catch (Exception e) when (PrivateFiles.IsProblem(e) || e is JsonException)
        {
            return null;
        }
    }
}
