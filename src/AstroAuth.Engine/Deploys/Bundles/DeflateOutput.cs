using System;
using System.Buffers.Binary;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>Bits, from the lowest of each byte on, in an array that grows.</summary>
internal sealed class DeflateOutput
{
    private byte[] _bytes = [];
    private ulong _pending;
    private int _pendingBits;

    /// <summary>How many whole bytes there are.</summary>
    internal int Length { get; private set; }

    internal ArraySegment<byte> Written => new(_bytes, 0, Length);

    internal void Clear() => (Length, _pending, _pendingBits) = (0, 0, 0);

    /// <summary>Makes room for so many more bytes.</summary>
    internal void Reserve(int bytes)
    {
        if (_bytes.Length < Length + bytes + 16)
            Array.Resize(ref _bytes, Math.Max(Length + bytes + 16, _bytes.Length * 2));
    }

    internal void Write(uint value, int bits)
    {
        _pending |= (ulong)value << _pendingBits;
        _pendingBits += bits;
        if (_pendingBits < 32)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(Length), (uint)_pending);
        Length += 4;
        _pending >>= 32;
        _pendingBits -= 32;
    }

    /// <summary>Writes bytes as they are, in blocks of at most 65,535.</summary>
    internal void WriteStored(ReadOnlySpan<byte> raw)
    {
        do
        {
            var size = Math.Min(raw.Length, ushort.MaxValue);
            Reserve(size + 8);
            Write(0, 3);
            Fill();
            Write((uint)size, 16);
            Write((uint)~size & 0xFFFF, 16);
            Fill();
            raw.Slice(0, size).CopyTo(_bytes.AsSpan(Length));
            Length += size;
            raw = raw.Slice(size);
        }
        while (raw.Length > 0);
    }

    /// <summary>Ends at the border of a byte, with an empty block.</summary>
    internal void Align() => WriteStored([]);

    private void Fill()
    {
        while (_pendingBits > 0)
        {
            _bytes[Length++] = (byte)_pending;
            _pending >>= 8;
            _pendingBits -= 8;
        }

        (_pending, _pendingBits) = (0, 0);
    }
}
