using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
#if !NET
using AstroAuth.Engine.Platform;
#endif
using IoPath = System.IO.Path;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>Links of a folder: where each leads in the end, and that none leads out of the folder.</summary>
internal sealed class BundleLinks
{
    private const int LongestChain = 40;

    private readonly string _root;

    internal BundleLinks(string folder) => _root = RealPath(folder)!;

    /// <summary>Makes an entry of a link.</summary>
    /// <returns>The entry, or null when what it points to is not there.</returns>
    /// <exception cref="AstroException">LinkLeavesFolder or LinkIsLoop.</exception>
    internal BundleEntry? TryCreate(string path, FileSystemInfo link)
    {
        var place = IoPath.Combine(_root, path.Replace('/', IoPath.DirectorySeparatorChar));
        if (RealPath(place) is not { } target)
        {
            // Nothing is there, but where it would be counts all the same.
            Require(path, IsBelow(IoPath.GetFullPath(IoPath.Combine(IoPath.GetDirectoryName(place)!, TargetOf(link) ?? ""))), TargetOf(link));
            return null;
        }

        Require(path, IsBelow(target), TargetOf(link));
        if ((place + IoPath.DirectorySeparatorChar).StartsWith(target.TrimEnd(IoPath.DirectorySeparatorChar) + IoPath.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new AstroException(nameof(Strings.LinkIsLoop), Strings.Format(Strings.LinkIsLoop, path), AstroErrorCategory.InvalidArgument, path);

        return new BundleEntry(path, place, 0, Relative(path, target.Substring(_root.Length).Trim(IoPath.DirectorySeparatorChar).Replace('\\', '/')));
    }

    /// <summary>The path below the folder that a link entry points to.</summary>
    internal static string Resolve(BundleEntry link)
    {
        var parts = new List<string>(link.Folder.Split(['/'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in link.LinkTarget!.Split('/'))
        {
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return string.Join("/", parts);
    }

#if NET
    /// <summary>Whether it is a link: a symbolic one, or a junction of Windows.</summary>
    internal static bool IsLink(FileSystemInfo info) => info.LinkTarget is not null;

    private static string? TargetOf(FileSystemInfo info) => info.LinkTarget;

    // Step by step, because a folder on the way may be a link too.
    private static string? RealPath(string path)
    {
        var steps = 0;
        var rest = new Stack<string>(Split(path));
        var real = IoPath.GetPathRoot(IoPath.GetFullPath(path))!;
        while (rest.Count > 0)
        {
            var part = rest.Pop();
            if (part == "..")
            {
                real = IoPath.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = IoPath.Combine(real, part);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            if (info.LinkTarget is not { } target)
            {
                if (!info.Exists)
                    return null;
                real = next;
                continue;
            }

            if (++steps > LongestChain)
                return null;
            if (IoPath.IsPathRooted(target))
                real = IoPath.GetPathRoot(target)!;
            foreach (var name in Split(target))
                rest.Push(name);
        }

        return real;
    }

    private static IEnumerable<string> Split(string path)
    {
        var rootLength = IoPath.GetPathRoot(path)?.Length ?? 0;
        return path.Substring(rootLength)
            .Split([IoPath.DirectorySeparatorChar, IoPath.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(p => p != ".")
            .Reverse();
    }
#else
    /// <summary>Whether it is a link: a symbolic one, or a junction.</summary>
    internal static bool IsLink(FileSystemInfo info) => ReparsePoints.IsLink(info);

    private static string? TargetOf(FileSystemInfo info) => ReparsePoints.TryGetFinalPath(info.FullName);

    private static string? RealPath(string path) => ReparsePoints.TryGetFinalPath(path);
#endif

    private static void Require(string path, bool isInside, string? target)
    {
        if (!isInside)
            throw new AstroException(nameof(Strings.LinkLeavesFolder), Strings.Format(Strings.LinkLeavesFolder, path, target ?? "somewhere else"), AstroErrorCategory.SecurityError, path);
    }

    private bool IsBelow(string target) =>
        target == _root || target.StartsWith(_root.TrimEnd(IoPath.DirectorySeparatorChar) + IoPath.DirectorySeparatorChar, StringComparison.Ordinal);

    // From the link's folder up to what both have in common, and down again.
    private static string Relative(string link, string target)
    {
        var from = link.Split('/');
        var to = target.Split('/');
        var common = 0;
        while (common < from.Length - 1 && common < to.Length - 1 && from[common] == to[common])
            common++;
        return string.Join("/", Enumerable.Repeat("..", from.Length - 1 - common).Concat(to.Skip(common)));
    }
}
