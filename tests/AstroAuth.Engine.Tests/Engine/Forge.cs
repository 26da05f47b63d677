using System.Buffers.Text;
using System.Text;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>Makes tokens that nobody has signed, for what is read offline.</summary>
internal static class Forge
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    public static string Token(object claims) => TokenOf(JsonSerializer.SerializeToUtf8Bytes(claims));

    public static string TokenOf(string claims) => TokenOf(Encoding.UTF8.GetBytes(claims));

    public static string TokenOf(byte[] claims) => $"{Base64Url.EncodeToString("{}"u8)}.{Base64Url.EncodeToString(claims)}.c2lnbmF0dXJl";

    /// <summary>An API token of a workspace.</summary>
    public static string ApiToken(DateTimeOffset? expires = null, DateTimeOffset? notBefore = null, string id = "clx0000000000000000000042")
    {
        var claims = new Dictionary<string, object> { ["apiTokenId"] = id, ["permissions"] = new[] { "workspaceId:w1", "organizationId:o1" } };
        if (expires is { } end)
            claims["exp"] = end.ToUnixTimeSeconds();
        if (notBefore is { } start)
            claims["nbf"] = start.ToUnixTimeSeconds();
        return Token(claims);
    }

    public static string UserToken(DateTimeOffset expires) =>
        Token(new { sub = "auth0|someone", permissions = Array.Empty<string>(), exp = expires.ToUnixTimeSeconds() });

    public static AstroTokenInfo? Read(string token) => TokenReader.TryRead(token, Now, out _);

    public static AstroTokenInfo ReadClaims(string claims) =>
        Read(TokenOf(claims)) ?? throw new InvalidOperationException($"The claims {claims} could not be read.");
}
