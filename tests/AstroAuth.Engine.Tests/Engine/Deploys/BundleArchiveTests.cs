using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using AstroAuth.Engine.Deploys.Bundles;
using FsCheck;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>The archive: what others read of it is what went in.</summary>
public sealed class BundleArchiveTests
{
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
        await File.WriteAllBytesAsync(packed, await BundleBytes.Gzip(TarChunks.Read(entries, "dags/", _ => { }, default), 2, 1 << 20));
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
