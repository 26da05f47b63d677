using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>What the provider says of itself (OpenID Connect Discovery), checked against where it was asked.</summary>
internal sealed class ProviderDocument
{
    private readonly AstroSession _session;
    private readonly LoginProvider _provider;
    private readonly ProviderAnswer _answer;

    private ProviderDocument(AstroSession session, LoginProvider provider, ProviderAnswer answer)
    {
        _session = session;
        _provider = provider;
        _answer = answer;
    }

    internal string Issuer => _answer.Issuer!;

    internal Uri TokenEndpoint => Own(_answer.TokenEndpoint);

    /// <summary>Where device codes come from; null where there are none.</summary>
    /// <exception cref="AstroException">LoginAnswerRejected.</exception>
    internal Uri? DeviceEndpoint => _answer.DeviceEndpoint is { } address ? Own(address) : null;

    /// <exception cref="AstroException">LoginAnswerRejected, or a failure on the way.</exception>
    internal static async Task<ProviderDocument> ReadAsync(AstroSession session, LoginProvider provider, AstroCall call)
    {
        var answer = await GetAsync(session, new Uri(provider.Authority, ".well-known/openid-configuration"), ProviderJson.Default.ProviderAnswer, call);
        if (!string.Equals(answer.Issuer, provider.Authority.AbsoluteUri, StringComparison.Ordinal))
            throw provider.Reject($"it calls itself '{answer.Issuer}'");
        var document = new ProviderDocument(session, provider, answer);
        // The library sends the code where this document says.
        document.Own(answer.AuthorizeEndpoint);
        document.Own(answer.TokenEndpoint);
        return document;
    }

    /// <summary>The provider's signing keys as they are now.</summary>
    internal async Task<IReadOnlyList<KeyAnswer>> ReadKeysAsync(AstroCall call) =>
        (await GetAsync(_session, Own(_answer.KeysAddress), ProviderJson.Default.KeysAnswer, call)).Keys;

    private static async Task<T> GetAsync<T>(AstroSession session, Uri address, JsonTypeInfo<T> type, AstroCall call)
        where T : class
    {
        var reply = await session.Transport.SendAsync(new ApiRequest(HttpMethod.Get, address) { IsAnonymous = true }, call);
        if (!reply.IsSuccess)
            throw ApiFailure.From(reply, call, session);
        try
        {
            return JsonSerializer.Deserialize(reply.Body, type) ?? throw ApiFailure.Unreadable(reply, "it is empty");
        }
        catch (JsonException)
        {
            throw ApiFailure.Unreadable(reply, "it is not the JSON of OpenID Connect");
        }
    }

    /// <summary>An address that the login service named, when it is its own.</summary>
    /// <exception cref="AstroException">LoginAnswerRejected.</exception>
    // A document that points elsewhere would send codes and tokens there.
    internal Uri Own(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && Uri.Compare(uri, _provider.Authority, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        ? uri
        : throw _provider.Reject("it names an address that is not its own");
}

/// <summary>The discovery document, as far as it is used.</summary>
internal sealed record ProviderAnswer
{
    [JsonPropertyName("issuer")] public string? Issuer { get; init; }

    [JsonPropertyName("token_endpoint")] public string? TokenEndpoint { get; init; }

    [JsonPropertyName("jwks_uri")] public string? KeysAddress { get; init; }

    [JsonPropertyName("device_authorization_endpoint")] public string? DeviceEndpoint { get; init; }

    [JsonPropertyName("authorization_endpoint")] public string? AuthorizeEndpoint { get; init; }
}

/// <summary>The provider's keys.</summary>
internal sealed record KeysAnswer
{
    [JsonPropertyName("keys")] public List<KeyAnswer> Keys { get; init; } = [];
}

/// <summary>One key (RFC 7517).</summary>
internal sealed record KeyAnswer
{
    [JsonPropertyName("kty")] public string? Kind { get; init; }

    [JsonPropertyName("kid")] public string? Id { get; init; }

    [JsonPropertyName("use")] public string? Use { get; init; }

    [JsonPropertyName("n")] public string? Modulus { get; init; }

    [JsonPropertyName("e")] public string? Exponent { get; init; }
}

[JsonSerializable(typeof(ProviderAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
internal sealed partial class ProviderJson : JsonSerializerContext;
