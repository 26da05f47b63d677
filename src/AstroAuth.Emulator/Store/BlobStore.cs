using System.Security.Cryptography;

namespace AstroAuth.Emulator.Store;

/// <summary>One version of a blob.</summary>
internal sealed record BlobVersion(string Path, string Id, string ETag, DateTimeOffset ModifiedAt, byte[] Bytes, BundleContent Content)
{
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));
}

/// <summary>The uploads, as the object store keeps them: each write of a blob is a version, and blocks wait for their list.</summary>
internal sealed class BlobStore(TimeProvider clock)
{
    /// <summary>Older versions beyond this many bytes are forgotten, so that a load test does not fill the memory.</summary>
    private const long MostBytes = 1L << 30;

    private readonly Lock _gate = new();
    private readonly List<BlobVersion> _versions = [];
    private readonly Dictionary<string, Dictionary<string, byte[]>> _blocks = [];
    private DateTimeOffset _last;

    /// <summary>Writes a blob whole; blocks that waited are gone with it.</summary>
    public BlobVersion Put(string path, byte[] bytes)
    {
        lock (_gate)
        {
            _blocks.Remove(path);
            return AddVersion(path, bytes);
        }
    }

    /// <summary>Keeps a block until a list names it; false when its id is not as long as those before it.</summary>
    public bool PutBlock(string path, string blockId, byte[] bytes)
    {
        lock (_gate)
        {
            if (!_blocks.TryGetValue(path, out var blocks))
                _blocks[path] = blocks = [];
            if (blocks.Keys.FirstOrDefault() is { } other && other.Length != blockId.Length)
                return false;
            blocks[blockId] = bytes;
            return true;
        }
    }

    /// <summary>Makes a version of the blocks that are named, in that order; null when one of them is not there.</summary>
    public BlobVersion? PutBlockList(string path, IReadOnlyList<string> blockIds)
    {
        lock (_gate)
        {
            var waiting = _blocks.GetValueOrDefault(path) ?? [];
            if (!blockIds.All(waiting.ContainsKey))
                return null;
            var bytes = new byte[blockIds.Sum(id => waiting[id].Length)];
            var at = 0;
            foreach (var block in blockIds.Select(id => waiting[id]))
            {
                block.CopyTo(bytes, at);
                at += block.Length;
            }

            _blocks.Remove(path);
            return AddVersion(path, bytes);
        }
    }

    public BlobVersion? Find(string path, string versionId)
    {
        lock (_gate)
            return _versions.Find(v => v.Path == path && v.Id == versionId);
    }

    private BlobVersion AddVersion(string path, byte[] bytes)
    {
        // The id of a version is its time, so two writes in one tick must not share it.
        var now = clock.GetUtcNow();
        _last = now = now > _last || now < _last.AddHours(-1) ? now : _last.AddTicks(1);
        var id = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        var version = new BlobVersion(path, id, $"\"0x{now.UtcTicks:X}\"", now, bytes, new BundleContent(bytes));
        _versions.Add(version);
        var size = _versions.Sum(v => (long)v.Bytes.Length);
        while (size > MostBytes && _versions.Count > 1)
        {
            size -= _versions[0].Bytes.Length;
            _versions.RemoveAt(0);
        }

        return version;
    }
}
