using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>What people paste is cleaned or refused with a sentence, and the sentence never repeats it.</summary>
public sealed class CredentialTextTests
{
    [Theory]
    [InlineData("eyJ.a.b")]
    [InlineData("  eyJ.a.b\r\n")]
    [InlineData("\u00a0eyJ.a.b\t")]
    [InlineData("Bearer eyJ.a.b")]
    [InlineData("bearer   eyJ.a.b ")]
    [InlineData("\"eyJ.a.b\"")]
    [InlineData("'eyJ.a.b'")]
    [InlineData("\" eyJ.a.b \"")]
    [InlineData("Bearer \"eyJ.a.b\"")]
    public void is_cleaned(string text) => Assert.Equal("eyJ.a.b", CredentialText.Clean(text, "API token", "-ApiToken"));

    [Theory]
    [InlineData("", "CredentialEmpty")]
    [InlineData(" \t\r\n", "CredentialEmpty")]
    [InlineData("''", "CredentialEmpty")]
    [InlineData("Bearer", "CredentialEmpty")]
    [InlineData("Bearer ", "CredentialEmpty")]
    [InlineData("sesame open", "CredentialNotText")]
    [InlineData("sesame\nopen", "CredentialNotText")]
    [InlineData("sesame\u0000open", "CredentialNotText")]
    [InlineData("sesame\u007fopen", "CredentialNotText")]
    [InlineData("sesame\u200bopen", "CredentialNotText")]
    [InlineData("sesame\u00a0open", "CredentialNotText")]
    [InlineData("sésame", "CredentialNotText")]
    [InlineData("sesame\r\nX-Injected: open", "CredentialNotText")]
    [InlineData("$(ASTRO_API_TOKEN)", "CredentialNotExpanded")]
    [InlineData("Bearer $(sesame)", "CredentialNotExpanded")]
    public void is_refused(string text, string errorId)
    {
        var failure = Assert.Throws<AstroCredentialException>(() => CredentialText.Clean(text, "API token", "ASTRO_API_TOKEN"));
        Assert.Equal((errorId, AstroErrorCategory.AuthenticationError), (failure.ErrorId, failure.Category));
        Assert.Contains("ASTRO_API_TOKEN", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void position_is_where_the_eye_finds_it()
    {
        var failure = Assert.Throws<AstroCredentialException>(() => CredentialText.Clean(" abc d", "secret", "here"));
        Assert.Contains("at position 4;", failure.Message, StringComparison.Ordinal);
    }
}
