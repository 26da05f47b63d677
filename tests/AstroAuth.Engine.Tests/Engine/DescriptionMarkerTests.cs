using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Notes in a token's description, beside what its users write there.</summary>
public sealed class DescriptionMarkerTests
{
    private static readonly DescriptionMarker s_marker = new("successor", [new("of", "clx1"), new("run", "42"), new("flag", "")]);

    [Theory]
    [InlineData("", "[astroauth:successor of=clx1 run=42 flag]")]
    [InlineData("Nightly deploys", "Nightly deploys [astroauth:successor of=clx1 run=42 flag]")]
    [InlineData("Old [astroauth:creating 7] text", "Old text [astroauth:successor of=clx1 run=42 flag]")]
    public void stands_after_the_users_text_and_replaces_a_former_marker(string text, string expected) =>
        Assert.Equal(expected, s_marker.AppendTo(text));

    [Fact]
    public void is_read_wherever_a_user_moved_it()
    {
        var found = DescriptionMarker.Find($"before {s_marker} and after");
        Assert.Equal("successor", found?.Verb);
        Assert.Equal("clx1", found?["of"]);
        Assert.Equal("", found?["flag"]);
        Assert.Null(found?["none"]);
        Assert.Equal("before and after", DescriptionMarker.Strip($"before {s_marker} and after"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[astroauth]")]
    [InlineData("[astroauth:]")]
    [InlineData("[astroauth:broken of=clx1")]
    [InlineData("[other:successor of=clx1]")]
    public void is_not_seen_in_other_text(string? text)
    {
        Assert.Null(DescriptionMarker.Find(text));
        Assert.Equal(text ?? "", DescriptionMarker.Strip(text));
    }

    [Fact]
    public void does_not_push_out_the_users_text()
    {
        var room = DescriptionMarker.LongestDescription - s_marker.ToString().Length - 1;
        Assert.NotNull(s_marker.AppendTo(new string('x', room)));
        Assert.Null(s_marker.AppendTo(new string('x', room + 1)));
    }
}
