using System;
using System.Buffers.Binary;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>The check sum at the end of a gzip file (RFC 1952, 8), eight bytes at a time.</summary>
internal sealed class Crc32
{
    private readonly uint[] _table = new uint[8 * 256];
    private uint _sum = uint.MaxValue;

    internal Crc32()
    {
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : value >> 1 ^ 0xEDB88320u;
            _table[i] = value;
        }

        for (var i = 256; i < _table.Length; i++)
            _table[i] = _table[i - 256] >> 8 ^ _table[_table[i - 256] & 0xFF];
    }

    internal uint Value => ~_sum;

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        var sum = _sum;
        var table = _table;
        for (; bytes.Length >= 8; bytes = bytes.Slice(8))
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ sum;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
            sum = table[1792 + (low & 0xFF)] ^ table[1536 + (low >> 8 & 0xFF)] ^ table[1280 + (low >> 16 & 0xFF)] ^ table[1024 + (low >> 24)]
                ^ table[768 + (high & 0xFF)] ^ table[512 + (high >> 8 & 0xFF)] ^ table[256 + (high >> 16 & 0xFF)] ^ table[high >> 24];
        }

        foreach (var b in bytes)
            sum = sum >> 8 ^ table[(sum ^ b) & 0xFF];
        _sum = sum;
    }
}
