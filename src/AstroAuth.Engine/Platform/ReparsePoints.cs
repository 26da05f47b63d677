#if !NET
using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AstroAuth.Engine.Platform;

/// <summary>Links of Windows, of which .NET Framework knows only that they are reparse points, as are files in a cloud.</summary>
internal static class ReparsePoints
{
    private const uint SymbolicLink = 0xA000000C;
    private const uint MountPoint = 0xA0000003;
    private const int OpenExisting = 3;
    private const int BackupSemantics = 0x02000000;
    private const int AllShares = 7;

    internal static bool IsLink(FileSystemInfo info)
    {
        if ((info.Attributes & FileAttributes.ReparsePoint) == 0)
            return false;
        using var search = FindFirstFile(info.FullName, out var data);
        // What cannot be looked at counts as a link: it is then refused or resolved, never followed unseen.
        return search.IsInvalid || data.Reserved0 is SymbolicLink or MountPoint;
    }

    /// <summary>Where a path leads in the end; null when nothing is there.</summary>
    internal static string? TryGetFinalPath(string path)
    {
        // The functions are Windows' own; Mono elsewhere lacks them, and a link there is still refused by IsLink.
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return File.Exists(path) || Directory.Exists(path) ? path : null;
        using var handle = CreateFile(path, 0, AllShares, IntPtr.Zero, OpenExisting, BackupSemantics, IntPtr.Zero);
        if (handle.IsInvalid)
            return null;
        var text = new char[32768];
        var length = GetFinalPathNameByHandle(handle, text, text.Length, 0);
        if (length <= 0 || length > text.Length)
            throw new IOException(new Win32Exception().Message);
        var final = new string(text, 0, length);
        return final.StartsWith(@"\\?\UNC\", StringComparison.Ordinal) ? @"\\" + final.Substring(8)
            : final.StartsWith(@"\\?\", StringComparison.Ordinal) ? final.Substring(4)
            : final;
    }

    [DllImport("kernel32.dll", EntryPoint = "FindFirstFileW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SearchHandle FindFirstFile(string path, out FindData data);

    [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateFile(string path, int access, int share, IntPtr security, int creation, int flags, IntPtr template);

    [DllImport("kernel32.dll", EntryPoint = "GetFinalPathNameByHandleW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetFinalPathNameByHandle(SafeFileHandle file, [Out] char[] path, int length, int flags);

    [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
    private struct FindData
    {
        internal uint Attributes;
        internal long CreationTime;
        internal long LastAccessTime;
        internal long LastWriteTime;
        internal uint SizeHigh;
        internal uint SizeLow;
        internal uint Reserved0;
        internal uint Reserved1;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 260)]
        internal string Name;
        [MarshalAs(UnmanagedType.ByValTStr, SizeConst = 14)]
        internal string AlternateName;
    }

    private sealed class SearchHandle : SafeHandleZeroOrMinusOneIsInvalid
    {
        private SearchHandle()
            : base(true)
        {
        }

        protected override bool ReleaseHandle() => FindClose(handle);

        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern bool FindClose(IntPtr search);
    }
}
#endif
