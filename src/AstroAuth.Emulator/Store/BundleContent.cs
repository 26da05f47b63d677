using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;

namespace AstroAuth.Emulator.Store;

/// <summary>One entry of a bundle.</summary>
internal sealed record BundleEntry(
    string Name, string Kind, long Size, string? LinkTarget, string Mode, DateTimeOffset Modified, int Uid, int Gid, string? Sha256);

/// <summary>What is in a bundle, read when it is first asked for: a tar archive, with gzip or without.</summary>
internal sealed class BundleContent(byte[] bytes)
{
    private readonly Lazy<(IReadOnlyList<BundleEntry> Entries, string? Problem)> _read = new(() => Read(bytes));

    public IReadOnlyList<BundleEntry> Entries => _read.Value.Entries;

    /// <summary>Why it cannot be unpacked; null when it can.</summary>
    public string? Problem => _read.Value.Problem;

    private static (IReadOnlyList<BundleEntry> Entries, string? Problem) Read(byte[] bytes)
    {
        var entries = new List<BundleEntry>();
        try
        {
            using Stream stream = bytes is [0x1f, 0x8b, ..]
                ? new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)
                : new MemoryStream(bytes);
            using var reader = new TarReader(stream);
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                    continue;
                entries.Add(new(
                    entry.Name, KindOf(entry.EntryType), entry.Length, entry.LinkName is { Length: > 0 } target ? target : null,
                    Convert.ToString((int)entry.Mode, 8), entry.ModificationTime, entry.Uid, entry.Gid,
                    entry.DataStream is { } data ? Convert.ToHexStringLower(SHA256.HashData(data)) : null));
            }

            return (entries, bytes.Length == 0 ? "The bundle is empty" : null);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException)
        {
            return ([], "The bundle cannot be unpacked: " + e.Message);
        }
    }

    private static string KindOf(TarEntryType type) => type switch
    {
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => "file",
        TarEntryType.Directory => "directory",
        TarEntryType.SymbolicLink => "symbolicLink",
        TarEntryType.HardLink => "hardLink",
        _ => type.ToString(),
    };
}
