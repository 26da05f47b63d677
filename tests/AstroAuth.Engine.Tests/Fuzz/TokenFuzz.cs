using System.Buffers.Text;
using AstroAuth.Engine.Authentication.UserLogin;
using AstroAuth.Engine.Tests.Engine;
using FsCheck.Fluent;

namespace AstroAuth.Engine.Tests.Fuzz;

/// <summary>Whatever is given as a token is read or refused, as a token to look at and as a credential.</summary>
public sealed class TokenFuzz
{
    private static readonly string s_apiToken = Forge.ApiToken(Forge.Now.AddDays(30), Forge.Now.AddDays(-1));

    private static readonly byte[] s_claims = JsonSerializer.SerializeToUtf8Bytes(new
    {
        apiTokenId = "clx0000000000000000000042", sub = "auth0|someone", iss = "https://auth.astronomer.io/", aud = new[] { "astronomer-ee" },
        permissions = new[] { "workspaceId:w1", "organizationId:o1", "deploymentId:d1" }, iat = 1764000000, nbf = 1764000000, exp = 1795536000,
    });

    private readonly AstroEngine _engine = new(new TestClock());

    [Fact]
    public Task any_claims_are_read_or_refused() =>
        FuzzRun.CheckAsync("claims of a token", 150, Mutation.OfJson(s_claims), claims => Read(Forge.TokenOf(claims)));

    [Fact]
    public Task any_text_is_read_or_refused() =>
        FuzzRun.CheckAsync("texts as tokens", 150, Mutation.OfText(s_apiToken, $"Bearer {s_apiToken}", $"\"{s_apiToken}\"", "dGhpcyBpcyBhbiBvcGFxdWUgdG9rZW4", "$(ASTRO_API_TOKEN)"), Read);

    [Fact]
    public Task any_id_token_is_checked_or_refused() => FuzzRun.CheckAsync(
        "id tokens",
        50,
        from header in Mutation.OfJson("{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}"u8.ToArray())
        from claims in Mutation.OfJson("{\"iss\":\"https://auth.astronomer.io/\",\"aud\":[\"me\"],\"azp\":\"me\",\"exp\":1995536000,\"sub\":\"auth0|x\",\"nonce\":\"n\"}"u8.ToArray())
        select $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}.c2ln",
        text =>
        {
            var provider = new LoginProvider(new Uri("https://auth.astronomer.io/"), "me", "astronomer-ee");
            var token = IdToken.Parse(text, provider);
            token.CheckClaims("https://auth.astronomer.io/", Forge.Now);
            token.CheckNonce("n");
            Assert.Throws<AstroException>(() => token.CheckSignature([new KeyAnswer { Kind = "RSA", Id = "k1", Modulus = "AQAB", Exponent = "AQAB" }]));
            return token.Subject is not null;
        });

    private bool Read(string text)
    {
        // A SecureString takes no more.
        using var secret = SecureStrings.Conceal(text.Length > 65536 ? text.Remove(65536) : text);
        var isRead = Try(() => _engine.ReadToken(secret));
        foreach (var kind in (AstroCredentialKind[])[AstroCredentialKind.ApiToken, AstroCredentialKind.AccessToken])
        {
            isRead |= Try(() => _engine.Open(new AstroConnectionRequest
            {
                Name = "fuzz", Domain = "astronomer.io", Kind = kind, Secret = secret, Source = AstroCredentialSource.Parameter, SourceDetail = "-Token", TimeoutSec = 10,
            }));
        }

        return isRead;
    }

    private static bool Try(Func<object> read)
    {
        try
        {
            return read() is not null;
        }
        catch (AstroException e)
        {
            Assert.DoesNotContain(e.Message, char.IsControl);
            return false;
        }
    }
}
