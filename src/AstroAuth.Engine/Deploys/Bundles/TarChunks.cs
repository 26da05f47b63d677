using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>A tar archive of a bundle, piece by piece: the same folder gives the same bytes on every system and at any time.</summary>
internal static class TarChunks
{
    private const int ChunkSize = 1 << 18;
    private const long FirstTime = 946684800;
    private const uint Times = 631152000;

    /// <summary>The archive. Each piece is good until the next is asked for.</summary>
    /// <param name="entries">What goes, in order.</param>
    /// <param name="baseFolder">The folder the entries lie in inside the archive: empty, or with a slash at its end.</param>
    /// <param name="onRead">Told how many bytes of files have been read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AstroException">BundleUnreadable or BundleFileChanged.</exception>
    internal static IEnumerable<ArraySegment<byte>> Read(
        IEnumerable<BundleEntry> entries,
        string baseFolder,
        Action<long> onRead,
        CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkSize];
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.LinkTarget is not null)
            {
                yield return new ArraySegment<byte>(TarHeader.Write(baseFolder + entry.Path, entry.LinkTarget, 0, isExecutable: true, FirstTime));
                continue;
            }

            using var file = Guard(entry, () => new FileStream(entry.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1));
            var size = Guard(entry, () => file.Length);
            var read = Fill(entry, file, buffer, (int)Math.Min(size, ChunkSize));
            var time = size <= ChunkSize ? FirstTime + Hash(buffer, read) % Times : FirstTime;
            yield return new ArraySegment<byte>(TarHeader.Write(baseFolder + entry.Path, null, size, IsProgram(buffer, read), time));
            for (var left = size; left > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                left -= read;
                onRead(read);
                var padded = left > 0 ? read : TarHeader.Padded(read);
                Array.Clear(buffer, read, padded - read);
                yield return new ArraySegment<byte>(buffer, 0, padded);
                if (left > 0)
                    read = Fill(entry, file, buffer, (int)Math.Min(left, ChunkSize));
            }
        }

        yield return new ArraySegment<byte>(new byte[2 * TarHeader.Block]);
    }

    // Windows knows no mode, so that what a file is decides, not what it is marked as.
    private static bool IsProgram(byte[] bytes, int length) =>
        length >= 4 && ((bytes[0] == '#' && bytes[1] == '!') || (bytes[0] == 0x7F && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F'));

    // One time for all would let Python take a changed module of the same size for the one it has compiled (FNV-1a).
    private static uint Hash(byte[] bytes, int length)
    {
        var hash = 2166136261u;
        for (var i = 0; i < length; i++)
            hash = (hash ^ bytes[i]) * 16777619u;
        return hash;
    }

    private static int Fill(BundleEntry entry, FileStream file, byte[] buffer, int count)
    {
        var filled = 0;
        while (filled < count)
        {
            var at = filled;
            var read = Guard(entry, () => file.Read(buffer, at, count - at));
            if (read == 0)
                throw new AstroException(nameof(Strings.BundleFileChanged), Strings.Format(Strings.BundleFileChanged, entry.Path), AstroErrorCategory.ReadError, entry.Path);
            filled += read;
        }

        return filled;
    }

    private static T Guard<T>(BundleEntry entry, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AstroException(nameof(Strings.BundleUnreadable), Strings.Format(Strings.BundleUnreadable, entry.Path, e.Message), AstroErrorCategory.ReadError, entry.Path);
        }
    }
}
