using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>An id_token and what has to hold before it is believed (OpenID Connect Core 3.1.3.7).</summary>
internal sealed class IdToken
{
    // Clocks differ a little.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    private readonly LoginProvider _provider;
    private readonly string _signed;
    private readonly byte[] _signature;
    private readonly JsonElement _header;
    private readonly JsonElement _claims;

    private IdToken(LoginProvider provider, string signed, byte[] signature, JsonElement header, JsonElement claims)
    {
        _provider = provider;
        _signed = signed;
        _signature = signature;
        _header = header;
        _claims = claims;
    }

    internal string? Subject => Text(_claims, "sub");

    /// <summary>The name to show.</summary>
    internal string? UserName => Text(_claims, "email") ?? Text(_claims, "name");

    /// <exception cref="AstroException">LoginAnswerRejected.</exception>
    internal static IdToken Parse(string? token, LoginProvider provider)
    {
        var parts = (token ?? "").Split('.');
        if (parts.Length != 3)
            throw provider.Reject("it holds no id_token");
        try
        {
            using var header = JsonDocument.Parse(Decode(parts[0]));
            using var claims = JsonDocument.Parse(Decode(parts[1]));
            PlainJson.Prove(header.RootElement);
            PlainJson.Prove(claims.RootElement);
            if (header.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.ValueKind == JsonValueKind.Object)
                return new IdToken(provider, $"{parts[0]}.{parts[1]}", Decode(parts[2]), header.RootElement.Clone(), claims.RootElement.Clone());
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // Said below.
        }

        throw provider.Reject("its id_token cannot be read");
    }

    /// <summary>Checks issuer, audience, party, end and subject.</summary>
    /// <exception cref="AstroException">LoginAnswerRejected.</exception>
    internal void CheckClaims(string issuer, DateTimeOffset now)
    {
        if (!string.Equals(Text(_claims, "iss"), issuer, StringComparison.Ordinal))
            throw _provider.Reject("its id_token is from another issuer");
        var audience = Audience();
        var party = Text(_claims, "azp");
        if (!audience.Contains(_provider.ClientId) || (party ?? (audience.Count > 1 ? "" : _provider.ClientId)) != _provider.ClientId)
            throw _provider.Reject("its id_token is for another program");
        if (!_claims.TryGetProperty("exp", out var end) || end.ValueKind != JsonValueKind.Number || !end.TryGetDouble(out var seconds)
            || seconds < (now - Leeway).ToUnixTimeSeconds())
            throw _provider.Reject("its id_token has expired; check this machine's clock");
        if (Subject is not { Length: > 0 })
            throw _provider.Reject("its id_token names nobody");
    }

    /// <summary>Checks that the token answers the request that carried the nonce.</summary>
    /// <exception cref="AstroException">LoginAnswerRejected.</exception>
    internal void CheckNonce(string nonce)
    {
        if (!ConstantTime.AreEqual(Text(_claims, "nonce"), nonce))
            throw _provider.Reject("its id_token is of another login");
    }

    /// <summary>Checks the signature with the provider's keys.</summary>
    /// <exception cref="AstroException">LoginAnswerRejected.</exception>
    internal void CheckSignature(IReadOnlyList<KeyAnswer> keys)
    {
        // One algorithm only: what a token says of itself must not choose a weaker one.
        if (Text(_header, "alg") != "RS256")
            throw _provider.Reject($"its id_token is signed with '{Text(_header, "alg")}' instead of RS256");
        var id = Text(_header, "kid");
        var fitting = keys.Where(k => k is { Kind: "RSA", Use: null or "sig", Modulus: not null, Exponent: not null } && (id is null || k.Id == id));
        if (!fitting.Any(IsSignedWith))
            throw _provider.Reject("its id_token is not signed with a key of the login service");
    }

    private bool IsSignedWith(KeyAnswer key)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportParameters(new RSAParameters { Modulus = Decode(key.Modulus!), Exponent = Decode(key.Exponent!) });
            return rsa.VerifyData(Encoding.ASCII.GetBytes(_signed), _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private List<string?> Audience() => !_claims.TryGetProperty("aud", out var audience) ? []
        : audience.ValueKind == JsonValueKind.Array ? audience.EnumerateArray().Select(a => a.ValueKind == JsonValueKind.String ? a.GetString() : null).ToList()
        : [audience.ValueKind == JsonValueKind.String ? audience.GetString() : null];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Decode(string base64Url)
    {
        var base64 = base64Url.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }
}
