using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace AstroAuth.Emulator.Store;

/// <summary>Object ids in Astro's form: a c and 24 of a-z and 0-9.</summary>
internal static class Cuid
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static string New() => "c" + RandomNumberGenerator.GetString(Alphabet, 24);

    /// <summary>The same id for the same name at every start.</summary>
    public static string Stable(string name)
    {
        var number = new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes("astroauth-emulator/" + name)), isUnsigned: true);
        return string.Create(25, number, static (text, rest) =>
        {
            text[0] = 'c';
            for (var i = 1; i < text.Length; i++)
            {
                rest = BigInteger.DivRem(rest, Alphabet.Length, out var digit);
                text[i] = Alphabet[(int)digit];
            }
        });
    }
}
