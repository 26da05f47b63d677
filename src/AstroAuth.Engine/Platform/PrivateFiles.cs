using System;
using System.IO;

namespace AstroAuth.Engine.Platform;

/// <summary>A folder and files that only their owner may read. On Windows the user's profile is that already.</summary>
internal static class PrivateFiles
{
    /// <summary>Makes the folder, or makes an existing one private.</summary>
    /// <exception cref="IOException">It is a symbolic link, or cannot be made.</exception>
    internal static void EnsureFolder(string folder)
    {
#if NET
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        RefuseLink(new DirectoryInfo(folder));
        var made = Directory.CreateDirectory(folder, owner);
        if (made.UnixFileMode != owner)
            made.UnixFileMode = owner;
#else
        Directory.CreateDirectory(folder);
#endif
    }

    /// <summary>Makes the file when it is not there, and private in any case.</summary>
    /// <exception cref="IOException">It is a symbolic link, or cannot be made.</exception>
    internal static void EnsureFile(string file)
    {
#if NET
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        RefuseLink(new FileInfo(file));
        if (!File.Exists(file))
        {
            using var made = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = owner });
        }
        else if (File.GetUnixFileMode(file) != owner)
        {
            File.SetUnixFileMode(file, owner);
        }
#endif
    }

    internal static bool IsProblem(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

#if NET
    private static void RefuseLink(FileSystemInfo place)
    {
        if (place.LinkTarget is not null)
            throw new IOException($"{place.FullName} is a symbolic link");
    }
#endif
}
