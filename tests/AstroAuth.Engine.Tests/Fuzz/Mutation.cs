using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>Inputs near to what is expected: good ones with pieces changed, taken out, doubled or put in, and some of any bytes.</summary>
internal static class Mutation
{
    // Values in the place of others, so that it stays JSON.
    private static readonly string[] s_values =
    [
        "null", "[]", "{}", "[null]", "{\"a\":null}", "true", "-1", "0", "1e999", "-1e308", "99999999999999999999", "2147483648", "0.5", "\"\"", "\"x\"",
        "\"\\ud800\"", "\"\\u0000\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"2026-13-01\"", "\"Bearer \"",
        "[[[[]]]]", "{\"name\":1,\"id\":null}", "[1,\"a\",{}]", "\"\\u001b[2J\"", "3.7e18",
    ];

    // What readers stumble over, of all the formats that are read.
    private static readonly string[] s_pieces =
    [
        .. s_values,
        "\"", "\\", "{", "}", "[", "]", ",", ":", "{\"a\":{\"a\":{\"a\":", "[[[[[[[[", ".", "..", "=", "-", "_", "eyJ", "eyJhIjoxfQ",
        "\r\n", "\n", "\r\n\r\n", "\t", " ", "\0", "\u001b[2J", "\uFEFF", "\u202e", "é", "😀", "%00", "%zz", "+", "&", "?", "#", "/", "//", "://", "@",
        "&a ", "*a", "!!binary ", "|\n ", ">-\n ", "? ", "- ", "--- ", "...\n", "<<: ", "'", "~", "%YAML 9.9\n", "contexts:", "token: ", "domain: ",
        "**", "**/", "*", "[!", "[a-", "[]]", "[^", "\\!", "!", "(", ")", "(a+)+", "(?P<", "(?<=", "{1,99999}", "\\Z", "\\p{", "^", "$", "|",
        "GET ", "POST ", " HTTP/1.1", "Host: localhost", "Host: evil.example", "state=", "code=", "error=", "Content-Length: 99999999999",
    ];

    private static readonly byte[][] s_bytes = [.. s_pieces.Select(Encoding.UTF8.GetBytes), [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0x80]];

    /// <summary>Bytes near to one of the samples.</summary>
    public static Gen<byte[]> Of(params byte[][] samples) => Gen.Frequency(
        (1, Gen.ArrayOf(Gen.Choose(0, 255).Select(b => (byte)b))),
        (1, Gen.ArrayOf(Gen.Elements(s_bytes)).Select(pieces => pieces.SelectMany(p => p).ToArray())),
        (4, from sample in Gen.Elements(samples) from seed in Gen.Choose(0, int.MaxValue) from edits in Gen.Choose(0, 5) select Edit(sample, seed, edits)));

    /// <summary>JSON near to one of the samples: mostly with values exchanged for others, so that it is still JSON.</summary>
    public static Gen<byte[]> OfJson(params byte[][] samples) => Gen.Frequency(
        (1, Of(samples)),
        (4, from sample in Gen.Elements(samples) from seed in Gen.Choose(0, int.MaxValue) from edits in Gen.Choose(1, 4) select Exchange(sample, seed, edits)));

    /// <summary>Text near to one of the samples.</summary>
    public static Gen<string> OfText(params string[] samples) => Of([.. samples.Select(Encoding.UTF8.GetBytes)]).Select(Encoding.UTF8.GetString);

    private static byte[] Edit(byte[] sample, int seed, int edits)
    {
#pragma warning disable CA5394 // Nothing here is secret, and the same seed has to give the same bytes.
        var random = new Random(seed);
        var bytes = new List<byte>(sample);
        for (var i = 0; i < edits; i++)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 24), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                case 4: bytes.InsertRange(at, Enumerable.Repeat(Piece(random), random.Next(1, 200)).SelectMany(p => p)); break;
                default: bytes.InsertRange(at, Piece(random)); break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Exchange(byte[] sample, int seed, int edits)
    {
        var random = new Random(seed);
        var json = sample;
        for (var i = 0; i < edits; i++)
        {
            if (Values(json) is not { Count: > 0 } values)
                return json;
            var (start, end) = values[random.Next(values.Count)];
            json = [.. json.AsSpan(0, start), .. random.Next(10) == 0 ? Piece(random) : Encoding.UTF8.GetBytes(s_values[random.Next(s_values.Length)]), .. json.AsSpan(end)];
        }

        return json;
    }

    private static byte[] Piece(Random random) => s_bytes[random.Next(s_bytes.Length)];
#pragma warning restore CA5394

    // Where each value begins and ends; null when it is no JSON any more.
    private static List<(int Start, int End)>? Values(byte[] json)
    {
        var values = new List<(int, int)>();
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject)
                    continue;
                var whole = reader;
                whole.Skip();
                values.Add(((int)reader.TokenStartIndex, (int)whole.BytesConsumed));
            }

            return values;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
