using System.Text;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A token is read as a hint: what is there counts, what is odd is passed over, what is broken is refused.</summary>
public sealed class TokenReaderTests
{
    [Fact]
    public void every_claim_is_read()
    {
        var info = Forge.ReadClaims(
            """
            {"iss":"https://auth.astronomer.io/","sub":"apiToken|t1","aud":["astronomer-ee","x"],"iat":1764000000,"nbf":1764000001,
             "exp":1795514400,"apiTokenId":"t1","permissions":["workspaceId:w1","organizationId:o1","deploymentId:d1"],"org_id":"org_x"}
            """);
        Assert.Equal(AstroCredentialKind.ApiToken, info.Kind);
        Assert.Equal(("DEPLOYMENT", "t1", "o1", "w1", "d1"), (info.Scope, info.TokenId, info.OrganizationId, info.WorkspaceId, info.DeploymentId));
        Assert.Equal(("apiToken|t1", "https://auth.astronomer.io/"), (info.Subject, info.Issuer));
        Assert.Equal(["astronomer-ee", "x"], info.Audience);
        Assert.Equal(["workspaceId:w1", "organizationId:o1", "deploymentId:d1"], info.Permissions);
        Assert.Equal((1764000000, 1764000001, 1795514400), (info.IssuedOn!.Value.ToUnixTimeSeconds(), info.NotBefore!.Value.ToUnixTimeSeconds(), info.ExpiresOn!.Value.ToUnixTimeSeconds()));
    }

    [Theory]
    [InlineData("""["organizationId:o1"]""", "ORGANIZATION")]
    [InlineData("""["organizationId:o1","workspaceId:w1"]""", "WORKSPACE")]
    [InlineData("""["deploymentId:d1"]""", "DEPLOYMENT")]
    [InlineData("""["teamId:x","organizationId:o1"]""", "ORGANIZATION")]
    [InlineData("""["organizationId","workspaceId:",":x","organizationId:o1"]""", "ORGANIZATION")]
    [InlineData("""["nothing"]""", null)]
    [InlineData("""[{"a":1},["b"],5,null,"workspaceId:w1"]""", "WORKSPACE")]
    [InlineData("\"workspaceId:w1\"", "WORKSPACE")]
    public void permissions_make_an_api_token_and_its_scope(string permissions, string? scope)
    {
        var info = Forge.ReadClaims($$"""{"permissions":{{permissions}}}""");
        Assert.Equal((AstroCredentialKind.ApiToken, scope), (info.Kind, info.Scope));
    }

    [Fact]
    public void id_may_hold_colons() => Assert.Equal("a:b:c", Forge.ReadClaims("""{"permissions":["organizationId:a:b:c"]}""").OrganizationId);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"permissions":[]}""")]
    [InlineData("""{"permissions":null}""")]
    [InlineData("""{"permissions":{"organizationId":"o1"}}""")]
    public void without_permissions_it_is_an_access_token(string claims)
    {
        var info = Forge.ReadClaims(claims);
        Assert.Equal((AstroCredentialKind.AccessToken, (string?)null), (info.Kind, info.Scope));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"exp":"1795514400"}""")]
    [InlineData("""{"exp":{"a":[1]}}""")]
    public void without_a_numeric_end_it_never_expires(string claims)
    {
        var info = Forge.ReadClaims(claims);
        Assert.Equal((null, (int?)null, false), (info.ExpiresOn, info.DaysLeft, info.IsExpired));
    }

    [Theory]
    [InlineData("1795514400", 0, "2026-11-24T10:00:00Z", true)]
    [InlineData("1795514400.75", 0, "2026-11-24T10:00:00.75Z", false)]
    [InlineData("1795514401", 0, "2026-11-24T10:00:01Z", false)]
    [InlineData("1795514399", -1, "2026-11-24T09:59:59Z", true)]
    [InlineData("1.7956008e9", 1, "2026-11-25T10:00:00Z", false)]
    [InlineData("0", -20782, "1970-01-01T00:00:00Z", true)]
    [InlineData("-1.5", -20782, "1969-12-31T23:59:58.5Z", true)]
    public void end_counts_in_whole_days_rounded_down(string exp, int daysLeft, string end, bool expired)
    {
        var info = Forge.ReadClaims($$"""{"exp":{{exp}}}""");
        Assert.Equal(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), info.ExpiresOn);
        Assert.Equal((daysLeft, expired), (info.DaysLeft, info.IsExpired));
    }

    [Theory]
    [InlineData("""{"exp":1e300}""")]
    [InlineData("""{"exp":1e999}""")]
    [InlineData("""{"exp":-99999999999999999999}""")]
    [InlineData("""{"exp":9223372036854775807}""")]
    [InlineData("""{"sub":"\ud800"}""")]
    [InlineData("""{"sub":"x" """)]
    [InlineData("""{"sub":""")]
    [InlineData("""{"sub":"x",}""")]
    [InlineData("{'sub':'x'}")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("null")]
    public void broken_claims_are_refused(string claims) => Assert.Null(Forge.Read(Forge.TokenOf(claims)));

    [Fact]
    public void claims_nested_too_deeply_are_refused() =>
        Assert.Null(Forge.Read(Forge.TokenOf("{\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}")));

    [Fact]
    public void text_that_is_not_utf8_is_refused() =>
        Assert.Null(Forge.Read(Forge.TokenOf([.. "{\"sub\":\""u8, 0xff, 0xfe, .. "\"}"u8])));

    [Fact]
    public void wrong_types_are_passed_over()
    {
        var info = Forge.ReadClaims("""{"sub":5,"iss":[],"aud":7,"apiTokenId":{"a":{"b":[1,{}]}},"iat":true,"nbf":"x","exp":1795514400,"z":[{"exp":1}]}""");
        Assert.Equal((null, null, null, (DateTimeOffset?)null), (info.Subject, info.Issuer, info.TokenId, info.IssuedOn));
        Assert.Empty(info.Audience);
        Assert.Equal(1795514400, info.ExpiresOn!.Value.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("a.b")]
    [InlineData("a.b.")]
    [InlineData(".b.c")]
    [InlineData("a..c")]
    [InlineData("a.b.c.d")]
    [InlineData("a.?.c")]
    [InlineData("a.e.c")]
    [InlineData("..")]
    public void what_is_no_jwt_is_refused_with_a_reason(string text)
    {
        Assert.Null(TokenReader.TryRead(text, Forge.Now, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void oversized_token_is_refused_before_it_is_decoded()
    {
        var token = Forge.TokenOf(Encoding.UTF8.GetBytes("{\"x\":\"" + new string('x', 64 * 1024) + "\"}"));
        Assert.Null(TokenReader.TryRead(token, Forge.Now, out var problem));
        Assert.Contains("longer than 65536", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void token_cut_anywhere_is_read_or_refused_and_never_throws()
    {
        var token = Forge.ApiToken(Forge.Now);
        for (var length = 0; length < token.Length; length++)
            Forge.Read(token[..length]);
    }
}
