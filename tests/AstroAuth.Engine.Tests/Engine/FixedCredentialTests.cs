using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A token that cannot work is refused before any request, each fault with an id and a sentence of its own.</summary>
public sealed class FixedCredentialTests
{
    private readonly TestClock _clock = new();

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public void expired_api_token_says_which_and_since_when()
    {
        var failure = Refused("ApiTokenExpired", Forge.ApiToken(Now.AddDays(-8).AddMinutes(-5), id: "clx8"));
        Assert.Matches(@"clx8 from ASTRO_API_TOKEN expired 8 days ago \(\d{4}-\d\d-\d\d \d\d:\d\dZ\)", failure.Message);
        Assert.Equal("clx8", failure.Target);
    }

    [Fact]
    public void api_token_of_the_future_says_when_it_starts() =>
        Assert.Contains("in 2 days", Refused("ApiTokenNotYetValid", Forge.ApiToken(notBefore: Now.AddDays(2).AddHours(1))).Message, StringComparison.Ordinal);

    [Fact]
    public void api_token_made_a_moment_ago_works_where_the_clock_is_late() => Open(Forge.ApiToken(notBefore: Now.AddSeconds(90)));

    [Fact]
    public void user_token_is_no_api_token() => Refused("NotAnApiToken", Forge.UserToken(Now.AddHours(1)));

    [Fact]
    public void api_token_is_no_user_token() => Refused("NotAUserAccessToken", Forge.ApiToken(), AstroCredentialKind.AccessToken);

    [Fact]
    public void expired_user_token_names_the_page_for_a_fresh_one() => Assert.Contains(
        "https://cloud.astronomer.io/token",
        Refused("AccessTokenExpired", Forge.UserToken(Now.AddMinutes(-5)), AstroCredentialKind.AccessToken).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(AstroCredentialKind.ApiToken)]
    [InlineData(AstroCredentialKind.AccessToken)]
    public void what_is_no_token_is_refused_without_being_repeated(AstroCredentialKind kind) =>
        Assert.DoesNotContain("opensesame", Refused("TokenMalformed", "opensesame", kind).ToString(), StringComparison.Ordinal);

    [Fact]
    public void unknown_domain_is_refused() =>
        Assert.Equal("InvalidDomain", Assert.Throws<AstroException>(() => Open(Forge.ApiToken(), domain: "example.com")).ErrorId);

    [Fact]
    public void places_come_from_the_claims()
    {
        var connection = Open(Forge.ApiToken(Now.AddDays(90)));
        Assert.Equal(("o1", "w1", null), (connection.Organization?.Id, connection.Workspace?.Id, connection.Deployment?.Id));
        Assert.Equal("clx0000000000000000000042", connection.TokenId);
    }

    [Fact]
    public void lifetime_that_is_asked_for_is_promised_or_refused()
    {
        var engine = new AstroEngine(_clock);
        var connection = Open(Forge.ApiToken(Now.AddHours(2)), engine: engine);
        Assert.NotNull(engine.TryGetAccessToken(connection, TimeSpan.FromHours(1)));
        var failure = Assert.Throws<AstroCredentialException>(() => engine.TryGetAccessToken(connection, TimeSpan.FromHours(3)));
        Assert.Equal("AccessTokenTooShort", failure.ErrorId);
        _clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("ApiTokenExpired", Assert.Throws<AstroCredentialException>(() => engine.TryGetAccessToken(connection, TimeSpan.Zero)).ErrorId);
    }

    [Fact]
    public void token_without_end_lives_as_long_as_anybody_asks()
    {
        var engine = new AstroEngine(_clock);
        var token = engine.TryGetAccessToken(Open(Forge.ApiToken(), engine: engine), TimeSpan.FromDays(36500))!;
        Assert.Null(token.ExpiresOn);
        Assert.Equal(("WORKSPACE", "test"), (token.Scope, token.Connection));
    }

    [Fact]
    public void value_can_be_disposed_of_without_harm_to_the_next()
    {
        var engine = new AstroEngine(_clock);
        var connection = Open(Forge.ApiToken(), engine: engine);
        engine.TryGetAccessToken(connection, TimeSpan.Zero)!.Token.Dispose();
        Assert.NotEmpty(SecureStrings.Reveal(engine.TryGetAccessToken(connection, TimeSpan.Zero)!.Token));
    }

    [Fact]
    public void same_credential_at_the_same_domain_shares_a_session_and_no_other_does()
    {
        var engine = new AstroEngine(_clock);
        var token = Forge.ApiToken();
        AstroConnection first = Open(token, engine: engine), second = Open(" Bearer " + token, engine: engine);
        Assert.Same(first.Session, second.Session);
        Assert.NotSame(first.Session, Open(token, domain: "astronomer-dev.io", engine: engine).Session);
        Assert.NotSame(first.Session, Open(Forge.ApiToken(id: "other"), engine: engine).Session);
        Assert.IsType<AstroSession>(first.Session);
    }

    private AstroCredentialException Refused(string errorId, string token, AstroCredentialKind kind = AstroCredentialKind.ApiToken)
    {
        var failure = Assert.Throws<AstroCredentialException>(() => Open(token, kind));
        Assert.Equal((errorId, AstroErrorCategory.AuthenticationError), (failure.ErrorId, failure.Category));
        Assert.DoesNotContain(token, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }

    private AstroConnection Open(
        string token, AstroCredentialKind kind = AstroCredentialKind.ApiToken, string domain = "astronomer.io", AstroEngine? engine = null) =>
        (engine ?? new AstroEngine(_clock)).Open(new AstroConnectionRequest
        {
            Name = "test", Domain = domain, Kind = kind, Secret = SecureStrings.Conceal(token), Source = AstroCredentialSource.Environment,
            SourceDetail = "ASTRO_API_TOKEN",
        });
}
