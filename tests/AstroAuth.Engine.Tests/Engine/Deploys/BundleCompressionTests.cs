using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Xunit;
using static AstroAuth.Engine.Tests.Engine.Deploys.BundleBytes;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>The compression: any reader gets back what went in, and the same content is the same bytes.</summary>
public sealed class BundleCompressionTests
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
}
