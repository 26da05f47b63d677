using System;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>A code of which no word is longer than a limit, made from how often each symbol comes (RFC 1951, 3.2.2).</summary>
internal sealed class HuffmanCode
{
    private readonly int _limit;
    private readonly int[] _counts;
    private readonly ushort[] _words;
    private readonly long[] _sorted;
    private readonly int[] _weights;
    private readonly int[] _parents;
    private readonly int[] _perLength = new int[64];

    internal HuffmanCode(int symbols, int limit)
    {
        _limit = limit;
        _counts = new int[symbols];
        _words = new ushort[symbols];
        _sorted = new long[symbols];
        _weights = new int[2 * symbols];
        _parents = new int[2 * symbols];
        Lengths = new byte[symbols];
    }

    /// <summary>The length of each symbol's word; 0 for one that does not come.</summary>
    internal byte[] Lengths { get; }

    internal void Clear() => Array.Clear(_counts, 0, _counts.Length);

    internal void Count(int symbol) => _counts[symbol]++;

    internal void Write(int symbol, DeflateOutput output) => output.Write(_words[symbol], Lengths[symbol]);

    /// <summary>How many bits the counted symbols take.</summary>
    internal int Cost()
    {
        var bits = 0;
        for (var i = 0; i < _counts.Length; i++)
            bits += _counts[i] * Lengths[i];
        return bits;
    }

    internal void Build()
    {
        // Readers want a whole code, which takes two symbols.
        for (var i = 0; i < 2; i++)
        {
            if (Used() < 2 && _counts[i] == 0)
                _counts[i] = 1;
        }

        Array.Clear(Lengths, 0, Lengths.Length);
        var used = Sort();
        Merge(used);
        MeasureDepths(used);
        Limit();
        // The rarest get the longest.
        var at = 0;
        for (var length = _limit; length > 0; length--)
        {
            for (var i = 0; i < _perLength[length]; i++)
                Lengths[(int)(_sorted[at++] & 0xFFFF)] = (byte)length;
        }

        AssignWords();
    }

    private int Used()
    {
        var used = 0;
        foreach (var count in _counts)
            used += count > 0 ? 1 : 0;
        return used;
    }

    private int Sort()
    {
        var used = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
                _sorted[used++] = (long)_counts[i] << 16 | (uint)i;
        }

        Array.Sort(_sorted, 0, used);
        return used;
    }

    // Leaves first, then the nodes in the order they are made, which is by weight too.
    private void Merge(int used)
    {
        for (var i = 0; i < used; i++)
            _weights[i] = (int)(_sorted[i] >> 16);
        var (leaf, node) = (0, used);
        for (var made = used; made < 2 * used - 1; made++)
        {
            var weight = 0;
            for (var child = 0; child < 2; child++)
            {
                var lightest = node == made || (leaf < used && _weights[leaf] <= _weights[node]) ? leaf++ : node++;
                weight += _weights[lightest];
                _parents[lightest] = made;
            }

            _weights[made] = weight;
        }
    }

    private void MeasureDepths(int used)
    {
        Array.Clear(_perLength, 0, _perLength.Length);
        _weights[2 * used - 2] = 0;
        for (var i = 2 * used - 3; i >= 0; i--)
        {
            _weights[i] = _weights[_parents[i]] + 1;
            if (i < used)
                _perLength[Math.Min(_weights[i], _limit)]++;
        }
    }

    // Words that were cut to the limit take more room than there is; shorter ones are made longer until all fit.
    private void Limit()
    {
        long room = 0;
        for (var length = 1; length <= _limit; length++)
            room += (long)_perLength[length] << (_limit - length);
        for (; room > 1L << _limit; room--)
        {
            _perLength[_limit]--;
            var length = _limit - 1;
            while (_perLength[length] == 0)
                length--;
            _perLength[length]--;
            _perLength[length + 1] += 2;
        }
    }

    private void AssignWords()
    {
        Span<int> next = stackalloc int[_limit + 1];
        next.Clear();
        for (var length = 2; length <= _limit; length++)
            next[length] = (next[length - 1] + _perLength[length - 1]) << 1;
        for (var i = 0; i < Lengths.Length; i++)
        {
            if (Lengths[i] > 0)
                _words[i] = Reverse(next[Lengths[i]]++, Lengths[i]);
        }
    }

    // Words go out with their first bit first, everything else with its last.
    private static ushort Reverse(int word, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = reversed << 1 | (word & 1);
            word >>= 1;
        }

        return (ushort)reversed;
    }
}
