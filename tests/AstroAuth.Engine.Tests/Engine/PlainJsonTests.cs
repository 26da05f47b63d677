using System.Collections;
using System.Text;
using AstroAuth.Engine.Api;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Plain values become JSON and come back as they were.</summary>
public sealed class PlainJsonTests
{
    [Property(MaxTest = 500)]
    public Property what_is_written_is_read_back_the_same() =>
        Prop.ForAll(JsonTrees.Value(4).Where(v => v is not (null or string)).ToArbitrary(), value => AreSame(value, Read(PlainJson.Write(value!))));

    [Fact]
    public void every_kind_of_plain_value_has_its_json()
    {
        var time = new DateTime(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);
        object?[] values = [null, true, "é\"\\\n", (byte)1, (sbyte)-1, 2, 3u, 4L, ulong.MaxValue, 1.5, 0.25f, 7.10m, time, new DateTimeOffset(time), new List<object?>(), DayOfWeek.Monday];
        var text = Encoding.UTF8.GetString(PlainJson.Write(values));
        Assert.Equal(
            [null, true, "é\"\\\n", 1L, -1L, 2L, 3L, 4L, (double)ulong.MaxValue, 1.5, 0.25, 7.1, "2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"],
            ((List<object?>)Read(Encoding.UTF8.GetBytes(text))!).Take(14));
        Assert.EndsWith("[],\"Monday\"]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void number_that_json_has_not_is_refused(object value) =>
        Assert.Equal("InvalidBody", Assert.Throws<AstroException>(() => PlainJson.Write(new[] { value })).ErrorId);

    [Fact]
    public void tree_without_end_is_refused()
    {
        var tree = new List<object?>();
        tree.Add(tree);
        Assert.Equal("InvalidBody", Assert.Throws<AstroException>(() => PlainJson.Write(tree)).ErrorId);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{'a':1}")]
    [InlineData("{} {}")]
    public void text_that_is_not_json_is_refused(string text) =>
        Assert.Equal("InvalidBody", Assert.Throws<AstroException>(() => PlainJson.Write(text)).ErrorId);

    [Fact]
    public void text_that_is_json_is_sent_as_it_is() => Assert.Equal("{ \"a\" : 1 }"u8.ToArray(), PlainJson.Write("{ \"a\" : 1 }"));

    [Fact]
    public void order_of_members_is_kept() =>
        Assert.Equal(["z", "a", "m"], ((List<KeyValuePair<string, object?>>)Read("""{"z":1,"a":2,"m":3}"""u8.ToArray())!).Select(m => m.Key));

    [Fact]
    public void large_numbers_do_not_fail() => Assert.Equal([1e300, 9223372036854775808d], (List<object?>)Read("[1e300,9223372036854775808]"u8.ToArray())!);

    private static object? Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return PlainJson.Read(document.RootElement);
    }

    // A text with half a surrogate pair cannot be in JSON; a double may lose its point.
    private static bool AreSame(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (string a, string b) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(a)) == b,
        (double a, long b) => a.Equals((double)b),
        (List<KeyValuePair<string, object?>> a, List<KeyValuePair<string, object?>> b) =>
            a.Count == b.Count && a.Zip(b).All(p => AreSame(p.First.Key, p.Second.Key) && AreSame(p.First.Value, p.Second.Value)),
        (IList a, IList b) => a.Count == b.Count && a.Cast<object?>().Zip(b.Cast<object?>()).All(p => AreSame(p.First, p.Second)),
        _ => Equals(left, right),
    };
}
