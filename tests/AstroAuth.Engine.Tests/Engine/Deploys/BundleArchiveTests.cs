using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using AstroAuth.Engine.Deploys.Bundles;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>The archive: what others read of it is what went in, and the same content is the same bytes.</summary>
public sealed class BundleArchiveTests
{
    [Property(MaxTest = 200)]
    public async Task what_is_compressed_is_what_any_reader_gets_back(byte[] seed, PositiveInt repeats, byte noise, int width)
    {
        var data = Mix(seed, repeats.Get % 5000 + 1, noise);
        var packed = await Gzip(Cut(data, repeats.Get % 700 + 1), 1 + Math.Abs(width % 4), partSize: 1 + repeats.Get % 9000);
        Assert.Equal(data, Unzip(packed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 18) - 1)]
    [InlineData(1 << 18)]
    [InlineData((1 << 18) + 1)]
    [InlineData(3_000_000)]
    public async Task sizes_around_the_segments_come_back_too(int size)
    {
        foreach (var data in (byte[][])[Noise(size), Letters(size), new byte[size]])
            Assert.Equal(data, Unzip(await Gzip(Cut(data, 100_000), 2, 1 << 20)));
    }

    [Fact]
    public async Task bytes_do_not_depend_on_processors_pieces_or_parts()
    {
        var data = Letters(1_500_000);
        var one = await Gzip(Cut(data, 1_500_000), 1, 1 << 22);
        Assert.Equal(one, await Gzip(Cut(data, 777), 8, 1 << 16));
        // The same on every system and runtime: this is the sum of what was measured first.
        Assert.Equal("DB27C24E5AB6", Convert.ToHexString(SHA256.HashData(await Gzip(Cut(Letters(400_000), 4096), 2, 1 << 20)))[..12]);
    }

    [Fact]
    public async Task text_becomes_about_as_small_as_with_the_runtimes_compressor()
    {
        var text = Letters(2_000_000);
        using var usual = new MemoryStream();
        await using (var gzip = new GZipStream(usual, CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync(text);
        Assert.InRange((await Gzip(Cut(text, 65536), 2, 1 << 20)).Length, 1, usual.Length * 1.1);
    }

    [Fact]
    public async Task noise_grows_by_next_to_nothing()
    {
        var noise = Noise(1_000_000);
        Assert.InRange((await Gzip(Cut(noise, 65536), 2, 1 << 20)).Length, noise.Length, noise.Length + 200);
    }

    [Property(MaxTest = 60)]
    public void entries_come_back_with_name_content_owner_and_mode(NonEmptyArray<NonNull<string>> names, byte[] content)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("source", content);
        var entries = names.Get.Select((n, i) => new BundleEntry($"{i}/{Clean(n.Get)}", file, content.Length)).ToList();
        using var reader = new TarReader(new MemoryStream(Tar(entries, "dags/")));
        foreach (var entry in entries)
        {
            var read = reader.GetNextEntry()!;
            Assert.Equal("dags/" + entry.Path, read.Name);
            Assert.Equal(content, Content(read));
            Assert.Equal((0, 0), (read.Uid, read.Gid));
            Assert.Equal((UnixFileMode)Convert.ToInt32("644", 8), read.Mode);
        }

        Assert.Null(reader.GetNextEntry());
    }

    [Fact]
    public async Task tar_itself_unpacks_long_names_foreign_letters_links_and_programs()
    {
        using var folder = new TemporaryFolder();
        var deep = string.Join('/', Enumerable.Repeat("a-folder-with-a-rather-long-name", 6)) + "/Überblick.py";
        var plain = folder.Write("plain", "print(1)"u8.ToArray());
        var script = folder.Write("script", "#!/bin/sh\necho hi\n"u8.ToArray());
        var packed = Path.Combine(folder.Path, "b.tar.gz");
        List<BundleEntry> entries =
        [
            new(deep, plain, 8), new("link.py", plain, 0, deep), new("run.sh", script, new FileInfo(script).Length), new("z.py", plain, 8),
        ];
        await File.WriteAllBytesAsync(packed, await Gzip(TarChunks.Read(entries, "dags/", _ => { }, default), 2, 1 << 20));
        var output = Path.Combine(folder.Path, "out");
        Directory.CreateDirectory(output);
        using (var tar = Process.Start(new ProcessStartInfo("tar", ["-xzf", packed, "-C", output]) { RedirectStandardError = true })!)
        {
            var errors = await tar.StandardError.ReadToEndAsync();
            await tar.WaitForExitAsync();
            Assert.Equal((0, ""), (tar.ExitCode, errors));
        }

        Assert.Equal("print(1)", await File.ReadAllTextAsync(Path.Combine(output, "dags", deep)));
        Assert.Equal("print(1)", await File.ReadAllTextAsync(Path.Combine(output, "dags", "link.py")));
        Assert.Equal(deep, new FileInfo(Path.Combine(output, "dags", "link.py")).LinkTarget);
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(Path.Combine(output, "dags", "run.sh")).HasFlag(UnixFileMode.UserExecute));
            Assert.False(File.GetUnixFileMode(Path.Combine(output, "dags", "z.py")).HasFlag(UnixFileMode.UserExecute));
        }
    }

    [Fact]
    public void time_of_a_file_follows_its_content_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var (one, same, other) = (folder.Write("a", "retries = 1"u8.ToArray()), folder.Write("b", "retries = 1"u8.ToArray()), folder.Write("c", "retries = 2"u8.ToArray()));
        File.SetLastWriteTimeUtc(same, DateTime.UtcNow.AddYears(-3));
        using var reader = new TarReader(new MemoryStream(Tar([new("1", one, 11), new("2", same, 11), new("3", other, 11)], "")));
        var times = Enumerable.Range(0, 3).Select(_ => reader.GetNextEntry()!.ModificationTime).ToList();
        Assert.Equal(times[0], times[1]);
        // Python recompiles a module by its time and size: one that changed must not look as it was.
        Assert.NotEqual(times[0], times[2]);
        Assert.All(times, t => Assert.InRange(t, new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task file_that_shrinks_while_it_is_read_is_an_error_with_its_name()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("growing.csv", new byte[600_000]);
        using var chunks = TarChunks.Read([new("growing.csv", file, 600_000)], "", _ => { }, default).GetEnumerator();
        Assert.True(chunks.MoveNext());
        await File.WriteAllBytesAsync(file, new byte[300_000]);
        var failure = Assert.Throws<AstroException>(() =>
        {
            while (chunks.MoveNext())
            {
            }
        });
        Assert.Equal(("BundleFileChanged", "growing.csv"), (failure.ErrorId, failure.Target));
    }

    private static byte[] Tar(IEnumerable<BundleEntry> entries, string baseFolder) =>
        [.. TarChunks.Read(entries, baseFolder, _ => { }, default).SelectMany(c => c.ToArray())];

    private static async Task<byte[]> Gzip(IEnumerable<ArraySegment<byte>> pieces, int width, int partSize)
    {
        using var source = new GzipSource(pieces, width);
        using var all = new MemoryStream();
        var part = new byte[partSize];
        while (true)
        {
            var count = await source.ReadAsync(part);
            await all.WriteAsync(part.AsMemory(0, count));
            if (count < partSize)
                return all.ToArray();
        }
    }

    private static byte[] Unzip(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var data = new MemoryStream();
        gzip.CopyTo(data);
        return data.ToArray();
    }

    private static IEnumerable<ArraySegment<byte>> Cut(byte[] data, int size)
    {
        for (var at = 0; at < data.Length; at += size)
            yield return new ArraySegment<byte>(data, at, Math.Min(size, data.Length - at));
    }

    // Repetitions near and far, with noise between them.
    private static byte[] Mix(byte[] seed, int repeats, byte noise)
    {
        var random = new Random(seed.Length * 31 + noise);
        var data = new List<byte>();
        for (var i = 0; i < repeats; i++)
        {
            data.AddRange(seed);
            if (random.Next(256) < noise)
                data.Add((byte)random.Next(256));
        }

        return [.. data];
    }

    private static byte[] Noise(int size)
    {
        var bytes = new byte[size];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Letters(int size)
    {
        // Its own generator, so that the text is the same in every version of .NET.
        var state = 12345u;
        string[] words = ["task", "dag", "airflow", "import ", "operator", "(", ")", "\n", "    ", "schedule=", "'@daily'", "retries", "=", "def ", ":", "extract", "load"];
        var text = new List<byte>(size + 20);
        while (text.Count < size)
        {
            state = state * 1664525 + 1013904223;
            foreach (var c in words[state >> 16 & 15] + (char)('a' + (state >> 24) % 26))
                text.Add((byte)c);
        }

        return [.. text[..size]];
    }

    private static string Clean(string name)
    {
        // A line break in a name is good tar, but more than the reader of .NET takes.
        var text = new string([.. name.Where(c => c is not '/' and not '\0' and not '\n' && !char.IsSurrogate(c))]);
        return text.Trim('.', ' ').Length == 0 ? "x" : text;
    }

    private static byte[] Content(TarEntry entry)
    {
        using var data = new MemoryStream();
        entry.DataStream?.CopyTo(data);
        return data.ToArray();
    }
}
