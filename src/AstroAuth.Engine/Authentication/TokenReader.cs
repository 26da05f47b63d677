using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace AstroAuth.Engine.Authentication;

/// <summary>Reads the claims of a JWT without verifying it: only Astro can, and it does (wire contract 2.8).</summary>
internal static class TokenReader
{
    private const int LongestToken = 64 * 1024;

    /// <summary>Reads the claims.</summary>
    /// <param name="token">The token, clean.</param>
    /// <param name="now">The time that days left are counted from.</param>
    /// <param name="problem">What is wrong with it, when the answer is null.</param>
    internal static AstroTokenInfo? TryRead(string token, DateTimeOffset now, out string problem)
    {
        problem = "it has no three parts with dots between them";
        var first = token.IndexOf('.');
        var last = token.LastIndexOf('.');
        if (first <= 0 || last <= first + 1 || last == token.Length - 1 || token.IndexOf('.', first + 1) != last)
            return null;

        problem = $"it is longer than {LongestToken} characters";
        if (token.Length > LongestToken)
            return null;

        problem = "its claims cannot be decoded";
        if (TryDecode(token.Substring(first + 1, last - first - 1)) is not { } json)
            return null;

        try
        {
            return Read(json, now);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static byte[]? TryDecode(string base64Url)
    {
        var base64 = new StringBuilder(base64Url, base64Url.Length + 2).Replace('-', '+').Replace('_', '/');
        base64.Append('=', (4 - (base64.Length % 4)) % 4);
        try
        {
            return Convert.FromBase64String(base64.ToString());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static AstroTokenInfo Read(byte[] json, DateTimeOffset now)
    {
        var info = new AstroTokenInfo { Kind = AstroCredentialKind.AccessToken };
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var claim = reader.GetString();
            reader.Read();
            switch (claim)
            {
                case "apiTokenId": info.TokenId = ReadText(ref reader); break;
                case "sub": info.Subject = ReadText(ref reader); break;
                case "iss": info.Issuer = ReadText(ref reader); break;
                case "aud": info.Audience = ReadTexts(ref reader); break;
                case "permissions": info.Permissions = ReadTexts(ref reader); break;
                case "iat": info.IssuedOn = ReadTime(ref reader); break;
                case "nbf": info.NotBefore = ReadTime(ref reader); break;
                case "exp": info.ExpiresOn = ReadTime(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        ReadPermissions(info);
        if (info.ExpiresOn is { } end)
        {
            info.DaysLeft = Days.Left(end, now);
            info.IsExpired = end <= now;
        }

        return info;
    }

    // Entries are <kind>:<id>; other kinds and entries without a colon are passed over.
    private static void ReadPermissions(AstroTokenInfo info)
    {
        if (info.Permissions.Count == 0)
            return;

        info.Kind = AstroCredentialKind.ApiToken;
        foreach (var entry in info.Permissions)
        {
            var colon = entry.IndexOf(':');
            if (colon < 0 || colon == entry.Length - 1)
                continue;
            var id = entry.Substring(colon + 1);
            switch (entry.Substring(0, colon))
            {
                case "organizationId": info.OrganizationId = id; break;
                case "workspaceId": info.WorkspaceId = id; break;
                case "deploymentId": info.DeploymentId = id; break;
            }
        }

        info.Scope = info.DeploymentId is not null ? "DEPLOYMENT"
            : info.WorkspaceId is not null ? "WORKSPACE"
            : info.OrganizationId is not null ? "ORGANIZATION"
            : null;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return ReadString(ref reader);
        reader.Skip();
        return null;
    }

    // Claims are shown, and must not steer a terminal; Astro's hold nothing that could.
    private static string ReadString(ref Utf8JsonReader reader) => reader.GetString() is { } text && !text.Any(char.IsControl) ? text : throw new JsonException();

    private static List<string> ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        if (reader.TokenType == JsonTokenType.String)
        {
            texts.Add(ReadString(ref reader));
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (ReadText(ref reader) is { } text)
                    texts.Add(text);
            }
        }
        else
        {
            reader.Skip();
        }

        return texts;
    }

    // NumericDate of RFC 7519: seconds since 1970, possibly with a fraction.
    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return DateTimeOffset.FromUnixTimeMilliseconds(checked((long)(reader.GetDouble() * 1000)));
        reader.Skip();
        return null;
    }
}
