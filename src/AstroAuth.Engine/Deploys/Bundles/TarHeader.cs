using System;
using System.Text;

namespace AstroAuth.Engine.Deploys.Bundles;

/// <summary>
/// Headers of a tar archive: ustar, with a pax record for what does not fit (POSIX.1-2017, pax). .NET's own writer is missing in
/// .NET Framework, and one writer for both gives the same bytes in both.
/// </summary>
internal static class TarHeader
{
    /// <summary>The size of a header, and what everything is filled up to.</summary>
    internal const int Block = 512;

    private const char File = '0';
    private const char Link = '2';
    private const char Pax = 'x';
    private const int LongestName = 100;
    private const long LargestSize = 0x1_FFFF_FFFF;

    /// <summary>The headers of an entry: one block, or three when it needs a pax record.</summary>
    internal static byte[] Write(string name, string? linkTarget, long size, bool isExecutable, long unixTime)
    {
        var records = new StringBuilder();
        if (!Fits(name))
            AddRecord(records, "path", name);
        if (linkTarget is not null && !Fits(linkTarget))
            AddRecord(records, "linkpath", linkTarget);
        if (size > LargestSize)
            AddRecord(records, "size", size.ToString(System.Globalization.CultureInfo.InvariantCulture));

        var pax = Encoding.UTF8.GetBytes(records.ToString());
        var begin = pax.Length == 0 ? 0 : Block + Padded(pax.Length);
        var bytes = new byte[begin + Block];
        if (begin > 0)
        {
            Fill(bytes, 0, "././@PaxHeader", "", pax.Length, Pax, 420, 0);
            pax.CopyTo(bytes, Block);
        }

        Fill(bytes, begin, name, linkTarget ?? "", Math.Min(size, LargestSize), linkTarget is null ? File : Link, isExecutable ? 493 : 420, unixTime);
        return bytes;
    }

    /// <summary>A size with what it is filled up with.</summary>
    internal static int Padded(int size) => (size + Block - 1) / Block * Block;

    private static bool Fits(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
                return false;
        }

        return text.Length <= LongestName;
    }

    private static void Fill(byte[] bytes, int at, string name, string linkTarget, long size, char kind, int mode, long unixTime)
    {
        Put(bytes, at, name, LongestName);
        PutOctal(bytes, at + 100, mode, 8);
        PutOctal(bytes, at + 108, 0, 8);
        PutOctal(bytes, at + 116, 0, 8);
        PutOctal(bytes, at + 124, size, 12);
        PutOctal(bytes, at + 136, unixTime, 12);
        bytes[at + 156] = (byte)kind;
        Put(bytes, at + 157, linkTarget, LongestName);
        Put(bytes, at + 257, "ustar", 6);
        Put(bytes, at + 263, "00", 2);
        PutOctal(bytes, at + 329, 0, 8);
        PutOctal(bytes, at + 337, 0, 8);

        // The sum counts its own field as spaces.
        var sum = 8 * ' ';
        for (var i = 0; i < Block; i++)
            sum += bytes[at + i];
        PutOctal(bytes, at + 148, sum, 7);
        bytes[at + 155] = (byte)' ';
    }

    private static void Put(byte[] bytes, int at, string text, int room)
    {
        for (var i = 0; i < text.Length && i < room; i++)
            bytes[at + i] = text[i] > '~' ? (byte)'_' : (byte)text[i];
    }

    // Digits and a zero byte.
    private static void PutOctal(byte[] bytes, int at, long value, int room)
    {
        for (var i = room - 2; i >= 0; i--)
        {
            bytes[at + i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }

    // A record begins with its own length, which counts its own digits.
    private static void AddRecord(StringBuilder records, string key, string value)
    {
        var rest = 3 + key.Length + Encoding.UTF8.GetByteCount(value);
        var length = rest + 1;
        while (rest + length.ToString(System.Globalization.CultureInfo.InvariantCulture).Length != length)
            length++;
        records.Append(length).Append(' ').Append(key).Append('=').Append(value).Append('\n');
    }
}
