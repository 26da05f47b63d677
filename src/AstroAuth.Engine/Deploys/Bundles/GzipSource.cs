using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>
/// Compresses pieces as gzip and gives them as parts of a chosen size. Segments of a fixed size are compressed side by side, so
/// that neither the number of processors nor the sizes of the pieces change a byte.
/// </summary>
internal sealed class GzipSource : IDisposable
{
    private const int SegmentSize = 1 << 19;

    private readonly IEnumerator<ArraySegment<byte>> _pieces;
    private readonly Queue<Task<Segment>> _running = new();
    private readonly Stack<Segment> _idle = new();
    private readonly int _width;
    private readonly Crc32 _sum = new();
    private ArraySegment<byte> _piece;
    private ArraySegment<byte> _ready;
    private Segment? _former;
    private Segment? _current;
    private uint _size;
    private bool _isRead;
    private bool _isDone;

    /// <summary>Reads from pieces; at most so many segments are compressed at once.</summary>
    internal GzipSource(IEnumerable<ArraySegment<byte>> pieces, int width)
    {
        _pieces = pieces.GetEnumerator();
        _width = width;
        // No name, no time, no system (RFC 1952, 2.3).
        _ready = new ArraySegment<byte>([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]);
    }

    /// <summary>Fills a part as far as there is something.</summary>
    /// <returns>How many bytes it holds; fewer than its size only at the end.</returns>
    internal async Task<int> ReadAsync(byte[] part)
    {
        var filled = 0;
        while (filled < part.Length && (_ready.Count > 0 || await AdvanceAsync()))
        {
            var count = Math.Min(part.Length - filled, _ready.Count);
            Buffer.BlockCopy(_ready.Array!, _ready.Offset, part, filled, count);
            filled += count;
            _ready = new ArraySegment<byte>(_ready.Array!, _ready.Offset + count, _ready.Count - count);
        }

        return filled;
    }

    public void Dispose() => _pieces.Dispose();

    private async Task<bool> AdvanceAsync()
    {
        if (_current is not null)
            _idle.Push(_current);
        _current = null;
        while (!_isRead && _running.Count < _width)
            Start();
        if (_running.Count > 0)
        {
            _current = await _running.Dequeue();
            _ready = _current.Output.Written;
            return true;
        }

        if (_isDone)
            return false;
        _isDone = true;
        _ready = new ArraySegment<byte>(End());
        return true;
    }

    // Reads the next segment and lets it be compressed; what the former one ended with may be referred to.
    private void Start()
    {
        var segment = _idle.Count > 0 ? _idle.Pop() : new Segment();
        segment.Start = 0;
        if (_former is { } former)
        {
            segment.Start = Math.Min(DeflateEncoder.Window, former.End);
            Buffer.BlockCopy(former.Data, former.End - segment.Start, segment.Data, 0, segment.Start);
        }

        segment.End = segment.Start;
        while (segment.End - segment.Start < SegmentSize && TakePiece())
        {
            var count = Math.Min(_piece.Count, SegmentSize - (segment.End - segment.Start));
            Buffer.BlockCopy(_piece.Array!, _piece.Offset, segment.Data, segment.End, count);
            segment.End += count;
            _piece = new ArraySegment<byte>(_piece.Array!, _piece.Offset + count, _piece.Count - count);
        }

        var length = segment.End - segment.Start;
        _sum.Add(segment.Data.AsSpan(segment.Start, length));
        _size += (uint)length;
        if (length == 0)
            return;
        _former = segment;
        _running.Enqueue(Task.Run(segment.Compress));
    }

    private bool TakePiece()
    {
        while (_piece.Count == 0)
        {
            if (!_pieces.MoveNext())
            {
                _isRead = true;
                return false;
            }

            _piece = _pieces.Current;
        }

        return true;
    }

    // An empty last block, the check sum and the size.
    private byte[] End()
    {
        var (sum, size) = (_sum.Value, _size);
        return [3, 0, (byte)sum, (byte)(sum >> 8), (byte)(sum >> 16), (byte)(sum >> 24), (byte)size, (byte)(size >> 8), (byte)(size >> 16), (byte)(size >> 24)];
    }

    private sealed class Segment
    {
        private readonly DeflateEncoder _encoder = new();

        internal byte[] Data { get; } = new byte[DeflateEncoder.Window + SegmentSize];

        internal int Start { get; set; }

        internal int End { get; set; }

        internal DeflateOutput Output { get; } = new();

        internal Segment Compress()
        {
            Output.Clear();
            _encoder.Compress(Data, Start, End, Output);
            return this;
        }
    }
}
