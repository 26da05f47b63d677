using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Deploys.Bundles;

namespace AstroAuth.Engine.Deploys;

/// <summary>The bundle of a plan, made part by part while it is sent; two parts are all of it that is ever in memory.</summary>
internal sealed class BundleParts : IDisposable
{
    private const int PartSize = 4 << 20;

    private readonly GzipSource _source;
    private byte[] _part = new byte[PartSize];
    private int _count;

    /// <param name="plan">What goes.</param>
    /// <param name="onRead">Hears how many bytes of the files were read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal BundleParts(AstroPublishPlan plan, Action<long> onRead, CancellationToken cancellationToken) => _source = new GzipSource(
        TarChunks.Read(Entries(plan), "", onRead, cancellationToken), Math.Min(6, Environment.ProcessorCount + 1));

    /// <summary>Makes the first part; a small bundle is whole then.</summary>
    /// <exception cref="AstroException">BundleUnreadable or BundleFileChanged.</exception>
    internal async Task ReadFirstAsync() => _count = await ReadAsync(_part);

    /// <summary>Sends all of it, the next part being made while one is sent.</summary>
    /// <returns>The version of the upload.</returns>
    /// <exception cref="AstroException">A file could not be read, or the store refused.</exception>
    internal async Task<string> SendAsync(BlobUpload upload)
    {
        if (_count < PartSize)
            return await upload.PutWholeAsync(new ArraySegment<byte>(_part, 0, _count));

        var next = new byte[PartSize];
        while (_count > 0)
        {
            var reading = _count == PartSize ? ReadAsync(next) : Task.FromResult(0);
            await upload.PutBlockAsync(new ArraySegment<byte>(_part, 0, _count));
            _count = await reading;
            (_part, next) = (next, _part);
        }

        return await upload.CommitAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();

    private static IEnumerable<BundleEntry> Entries(AstroPublishPlan plan) => plan.Files.Select(f => new BundleEntry(f.Path, f.FullName, f.Length, f.LinkTarget));

    private Task<int> ReadAsync(byte[] part) => Task.Run(() => _source.ReadAsync(part));
}
