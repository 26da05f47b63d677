using System.Buffers.Text;

namespace AstroAuth.Engine.Tests.Support;

/// <summary>Looks into a token without believing it.</summary>
public static class Jwt
{
    public static JsonElement Payload(string token) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;

    public static JsonElement Header(string token) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement;
}
