using System.IO;
using AstroAuth.Engine.Deploys.Bundles;

namespace AstroAuth.Engine.Tests.Engine.Deploys;

/// <summary>Reads a compressed bundle to its end.</summary>
internal static class BundleBytes
{
    internal static async Task<byte[]> Gzip(IEnumerable<ArraySegment<byte>> pieces, int width, int partSize)
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
}
