using System;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>Writes one block: with codes made for it, or as it is where that is shorter (RFC 1951, 3.2.3 to 3.2.7).</summary>
internal sealed class DeflateBlock
{
    private const int EndOfBlock = 256;
    private const int RepeatPrevious = 16;
    private const int FewZeros = 17;
    private const int ManyZeros = 18;

    private readonly HuffmanCode _letters = new(286, 15);
    private readonly HuffmanCode _distances = new(30, 15);
    private readonly HuffmanCode _lengths = new(19, 7);
    private readonly byte[] _lengthCodes = new byte[259];
    private readonly ushort[] _lengthBases = new ushort[29];
    private readonly byte[] _distanceCodes = new byte[512];
    private readonly ushort[] _distanceBases = new ushort[30];
    private readonly byte[] _sequence = new byte[286 + 30];
    private readonly (byte Symbol, byte Extra)[] _runs = new (byte, byte)[286 + 30];
    private int _runCount;

    internal DeflateBlock()
    {
        var length = 3;
        for (var code = 0; code < 28; code++)
        {
            _lengthBases[code] = (ushort)length;
            for (var end = length + (1 << LengthExtra(code)); length < end && length < 258; length++)
                _lengthCodes[length] = (byte)code;
        }

        _lengthBases[28] = 258;
        _lengthCodes[258] = 28;
        var distance = 0;
        for (var code = 0; code < 30; code++)
        {
            _distanceBases[code] = (ushort)distance;
            for (var end = distance + (1 << DistanceExtra(code)); distance < end; distance++)
                _distanceCodes[distance < 256 ? distance : 256 + (distance >> 7)] = (byte)code;
        }
    }

    // In this order the lengths of the lengths' own codes are written.
    private static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    internal void Write(ReadOnlySpan<uint> tokens, ReadOnlySpan<byte> raw, DeflateOutput output)
    {
        output.Reserve(raw.Length + 1024 + raw.Length / 1000);
        var bits = Count(tokens);
        var letters = TrimmedCount(_letters, 257);
        var distances = TrimmedCount(_distances, 1);
        var lengths = CountLengths(letters, distances);
        bits += 17 + 3 * lengths + _lengths.Cost();
        for (var i = 0; i < _runCount; i++)
            bits += RunExtra(_runs[i].Symbol);
        if (bits / 8 >= raw.Length)
        {
            output.WriteStored(raw);
            return;
        }

        output.Write(0b100, 3);
        output.Write((uint)(letters - 257), 5);
        output.Write((uint)(distances - 1), 5);
        output.Write((uint)(lengths - 4), 4);
        for (var i = 0; i < lengths; i++)
            output.Write(_lengths.Lengths[Order[i]], 3);
        for (var i = 0; i < _runCount; i++)
        {
            _lengths.Write(_runs[i].Symbol, output);
            output.Write(_runs[i].Extra, RunExtra(_runs[i].Symbol));
        }

        foreach (var token in tokens)
            Write(token, output);
        _letters.Write(EndOfBlock, output);
    }

    private void Write(uint token, DeflateOutput output)
    {
        if ((int)token >= 0)
        {
            _letters.Write((int)token, output);
            return;
        }

        var length = (int)(token & 0x1FF);
        var code = _lengthCodes[length];
        _letters.Write(257 + code, output);
        output.Write((uint)(length - _lengthBases[code]), LengthExtra(code));
        var distance = (int)(token >> 9 & 0x7FFF);
        code = DistanceCode(distance);
        _distances.Write(code, output);
        output.Write((uint)(distance - _distanceBases[code]), DistanceExtra(code));
    }

    private int Count(ReadOnlySpan<uint> tokens)
    {
        _letters.Clear();
        _distances.Clear();
        var extra = 0;
        foreach (var token in tokens)
        {
            if ((int)token >= 0)
            {
                _letters.Count((int)token);
                continue;
            }

            var length = _lengthCodes[token & 0x1FF];
            var distance = DistanceCode((int)(token >> 9 & 0x7FFF));
            _letters.Count(257 + length);
            _distances.Count(distance);
            extra += LengthExtra(length) + DistanceExtra(distance);
        }

        _letters.Count(EndOfBlock);
        _letters.Build();
        _distances.Build();
        return extra + _letters.Cost() + _distances.Cost();
    }

    // The lengths of both codes are one sequence, in which runs are written short.
    private int CountLengths(int letters, int distances)
    {
        Array.Copy(_letters.Lengths, 0, _sequence, 0, letters);
        Array.Copy(_distances.Lengths, 0, _sequence, letters, distances);
        _lengths.Clear();
        _runCount = 0;
        var total = letters + distances;
        for (var at = 0; at < total;)
        {
            var value = _sequence[at];
            var run = 1;
            while (at + run < total && _sequence[at + run] == value)
                run++;
            at += AddRun(value, run);
        }

        _lengths.Build();
        var count = 19;
        while (count > 4 && _lengths.Lengths[Order[count - 1]] == 0)
            count--;
        return count;
    }

    private int AddRun(byte value, int run)
    {
        if (value == 0 && run >= 3)
        {
            var zeros = Math.Min(run, 138);
            AddRunCode(zeros < 11 ? FewZeros : ManyZeros, zeros < 11 ? zeros - 3 : zeros - 11);
            return zeros;
        }

        AddRunCode(value, 0);
        if (value == 0 || run < 4)
            return 1;
        var repeats = Math.Min(run - 1, 6);
        AddRunCode(RepeatPrevious, repeats - 3);
        return 1 + repeats;
    }

    private void AddRunCode(int symbol, int extra)
    {
        _runs[_runCount++] = ((byte)symbol, (byte)extra);
        _lengths.Count(symbol);
    }

    private byte DistanceCode(int distance) => _distanceCodes[distance < 256 ? distance : 256 + (distance >> 7)];

    private static int TrimmedCount(HuffmanCode code, int least)
    {
        var count = code.Lengths.Length;
        while (count > least && code.Lengths[count - 1] == 0)
            count--;
        return count;
    }

    private static int LengthExtra(int code) => code is < 8 or 28 ? 0 : (code - 4) / 4;

    private static int DistanceExtra(int code) => code < 4 ? 0 : code / 2 - 1;

    private static int RunExtra(byte symbol) => symbol switch { RepeatPrevious => 2, FewZeros => 3, ManyZeros => 7, _ => 0 };
}
