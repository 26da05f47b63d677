using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AstroAuth.Engine.Authentication.UserLogin;

namespace AstroAuth.Engine.Tests.Login;

/// <summary>What has to hold before an id_token is believed.</summary>
public sealed class IdTokenTests
{
    private const string Issuer = "https://auth.astronomer.io/";
    private const string Nonce = "the-nonce";
    private static readonly string[] Two = ["the-client", "another"];
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly RSA Key = RSA.Create(2048);
    private static readonly LoginProvider Provider = new(new Uri(Issuer), "the-client", "astronomer-ee");

    public static TheoryData<string, object?, string> Wrong => new()
    {
        { "iss", "https://auth.astronomer.io", "another issuer" },
        { "iss", "https://auth.example.com/", "another issuer" },
        { "iss", null, "another issuer" },
        { "aud", "another", "another program" },
        { "aud", null, "another program" },
        { "aud", Two, "another program" },
        { "azp", "another", "another program" },
        { "exp", Now.AddMinutes(-6).ToUnixTimeSeconds(), "expired" },
        { "exp", null, "expired" },
        { "exp", "tomorrow", "expired" },
        { "nonce", "other", "another login" },
        { "nonce", null, "another login" },
        { "sub", null, "nobody" },
    };

    [Fact]
    public void A_right_one_is_believed()
    {
        var token = Check(Make(Claims()), Keys());
        Assert.Equal("auth0|amara", token.Subject);
        Assert.Equal("amara@example.com", token.UserName);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_claim_is_refused(string claim, object? value, string why)
    {
        var claims = Claims();
        if (value is null)
            claims.Remove(claim);
        else
            claims[claim] = value;
        Refuse(() => Check(Make(claims), Keys()), why);
    }

    [Fact]
    public void Another_key_another_algorithm_and_a_changed_text_are_refused()
    {
        using var other = RSA.Create(2048);
        Refuse(() => Check(Make(Claims(), other), Keys()), "not signed with a key");
        Refuse(() => Check(Make(Claims(), algorithm: "none"), Keys()), "instead of RS256");
        Refuse(() => Check(Make(Claims(), algorithm: "HS256"), Keys()), "instead of RS256");
        Refuse(() => Check(Make(Claims()), Keys("another-id")), "not signed with a key");
        var parts = Make(Claims()).Split('.');
        var claims = Claims();
        claims["sub"] = "auth0|mallory";
        Refuse(() => Check($"{parts[0]}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}.{parts[2]}", Keys()), "not signed with a key");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("!.!.!")]
    [InlineData("W10.W10.W10")]
    public void What_is_no_token_is_refused(string? text) => Refuse(() => Check(text, Keys()), "id_token");

    private static IdToken Check(string? text, IReadOnlyList<KeyAnswer> keys)
    {
        var token = IdToken.Parse(text, Provider);
        token.CheckSignature(keys);
        token.CheckClaims(Issuer, Now);
        token.CheckNonce(Nonce);
        return token;
    }

    private static void Refuse(Func<IdToken> check, string why)
    {
        var e = Assert.Throws<AstroException>(check);
        Assert.Equal("LoginAnswerRejected", e.ErrorId);
        Assert.Equal(AstroErrorCategory.SecurityError, e.Category);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Claims() => new()
    {
        ["iss"] = Issuer, ["aud"] = "the-client", ["sub"] = "auth0|amara", ["email"] = "amara@example.com", ["nonce"] = Nonce,
        ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
    };

    private static List<KeyAnswer> Keys(string id = "the-key")
    {
        var key = Key.ExportParameters(false);
        return [new KeyAnswer { Kind = "RSA", Use = "sig", Id = id, Modulus = Encode(key.Modulus!), Exponent = Encode(key.Exponent!) }];
    }

    private static string Make(Dictionary<string, object> claims, RSA? key = null, string algorithm = "RS256")
    {
        var signed = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = "the-key" }))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = (key ?? Key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Encode(signature)}";
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
