using System;
using System.Buffers.Binary;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>
/// Compresses a piece of data as DEFLATE (RFC 1951). The runtime's own compressors give other bytes in each of its versions, and
/// the same folder is to give the same bytes everywhere. An encoder is used for one piece after the other, never for two at once.
/// </summary>
internal sealed class DeflateEncoder
{
    /// <summary>How far back a repetition may lie.</summary>
    internal const int Window = 1 << 15;

    private const int MinMatch = 4;
    private const int MaxMatch = 258;
    private const int HashBits = 15;
    private const int LongestChain = 32;
    private const int NiceLength = 96;
    private const int LazyLength = 24;
    private const int TokensPerBlock = 1 << 15;

    private readonly int[] _head = new int[1 << HashBits];
    private readonly int[] _previous = new int[Window];
    private readonly uint[] _tokens = new uint[TokensPerBlock];
    private readonly DeflateBlock _block = new();
    private int _count;
    private int _blockStart;

    /// <summary>Compresses data from start to end; what lies before start, at most the window, was given before and may be referred to.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="output">Gets the piece, which ends at the border of a byte so that another can follow.</param>
    internal void Compress(byte[] data, int start, int end, DeflateOutput output)
    {
        for (var i = 0; i < _head.Length; i++)
            _head[i] = -1;
        for (var i = 0; i < start && i + MinMatch <= end; i++)
            Insert(data, i);
        _count = 0;
        _blockStart = start;
        Search(data, start, end, output);
        Flush(data, end, output);
        output.Align();
    }

    // A match is only taken when the next position has no longer one.
    private void Search(byte[] data, int start, int end, DeflateOutput output)
    {
        var length = 0;
        var distance = 0;
        var isPending = false;
        var at = start;
        while (at < end)
        {
            var (nextLength, nextDistance) = (0, 0);
            if (at + MinMatch <= end)
            {
                var candidate = Insert(data, at);
                if (candidate >= 0 && length < LazyLength)
                    (nextLength, nextDistance) = FindLongest(data, at, end, candidate, length);
            }

            if (length >= MinMatch && nextLength <= length)
            {
                Add(data, 0x80000000u | (uint)(distance - 1) << 9 | (uint)length, at - 1 + length, output);
                var next = at - 1 + length;
                for (at++; at < next; at++)
                {
                    if (at + MinMatch <= end)
                        Insert(data, at);
                }

                (length, isPending) = (0, false);
                continue;
            }

            if (isPending)
                Add(data, data[at - 1], at, output);
            (length, distance, isPending) = (nextLength, nextDistance, true);
            at++;
        }

        if (isPending)
            Add(data, data[end - 1], end, output);
    }

    private (int Length, int Distance) FindLongest(byte[] data, int at, int end, int candidate, int toBeat)
    {
        var best = Math.Max(toBeat, MinMatch - 1);
        var distance = 0;
        var longest = Math.Min(MaxMatch, end - at);
        var oldest = at - Window;
        var word = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at));
        for (var chain = LongestChain; candidate >= 0 && candidate >= oldest && best < longest; chain--)
        {
            if (data[candidate + best] == data[at + best] && BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(candidate)) == word)
            {
                var length = Measure(data, candidate, at, longest);
                if (length > best)
                {
                    (best, distance) = (length, at - candidate);
                    if (length >= NiceLength)
                        break;
                }
            }

            if (chain == 0)
                break;
            var older = _previous[candidate & (Window - 1)];
            // The place may have been taken by a later position.
            if (older >= candidate)
                break;
            candidate = older;
        }

        return distance == 0 ? (0, 0) : (best, distance);
    }

    private static int Measure(byte[] data, int candidate, int at, int longest)
    {
        var length = 0;
        while (length + 8 <= longest
            && BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(candidate + length)) == BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(at + length)))
        {
            length += 8;
        }

        while (length < longest && data[candidate + length] == data[at + length])
            length++;
        return length;
    }

    private int Insert(byte[] data, int at)
    {
        var slot = (int)(BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at)) * 2654435761u >> (32 - HashBits));
        var candidate = _head[slot];
        _previous[at & (Window - 1)] = candidate;
        _head[slot] = at;
        return candidate;
    }

    private void Add(byte[] data, uint token, int end, DeflateOutput output)
    {
        _tokens[_count++] = token;
        if (_count == TokensPerBlock)
            Flush(data, end, output);
    }

    private void Flush(byte[] data, int end, DeflateOutput output)
    {
        if (_count > 0)
            _block.Write(_tokens.AsSpan(0, _count), data.AsSpan(_blockStart, end - _blockStart), output);
        _count = 0;
        _blockStart = end;
    }
}
