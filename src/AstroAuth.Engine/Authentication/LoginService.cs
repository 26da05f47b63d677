using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Api.Transport;

namespace AstroAuth.Engine.Authentication;

/// <summary>Astro's login service as automation uses it: auth-config and client_credentials (wire contract 2.1 and 2.3).</summary>
internal sealed class LoginService
{
    private const double LongestLife = 10d * 365 * 24 * 3600;

    private readonly AstroSession _session;
    private readonly AstroCall _call;

    internal LoginService(AstroSession session, AstroCall call)
    {
        _session = session;
        _call = call;
    }

    /// <summary>Where a domain says where its login is; open to everybody.</summary>
    internal static Uri ConfigAddress(AstroDomain domain) => new(domain.Root, "private/v1alpha1/cli/auth-config");

    /// <summary>Exchanges a Deployment API key for an access token.</summary>
    /// <exception cref="AstroException">DeploymentKeyRejected, LoginFailed, UntrustedLoginHost, or a failure on the way.</exception>
    internal async Task<Bearer> ExchangeAsync(string keyId, string keySecret, string source)
    {
        var config = await GetConfigAsync();
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = keyId,
            ["client_secret"] = keySecret,
            ["audience"] = config.Audience,
        };
        using var content = new FormUrlEncodedContent(form);
        var body = await content.ReadAsByteArrayAsync();
        var address = new Uri(config.DomainUrl, "oauth/token");
        var reply = await _session.Transport.SendAsync(
            new ApiRequest(HttpMethod.Post, address) { Body = body, ContentType = "application/x-www-form-urlencoded", IsSafeToRepeat = true, IsAnonymous = true },
            _call);
        var answer = Parse(reply, LoginJson.Default.TokenAnswer) ?? new TokenAnswer();
        var life = answer.ExpiresIn ?? 3600;
        if (reply.IsSuccess && life is > 0 and < LongestLife && answer is { AccessToken: { Length: > 0 } token, Error: null })
            return new Bearer(CredentialText.Clean(token, "access token", address.Host), _session.Clock.GetUtcNow().AddSeconds(life));

        // Only the two short fields of OAuth's error answer are shown: they never repeat the secret.
        var why = ApiFailure.OneLine(answer.ErrorDescription ?? answer.Error ?? $"status {reply.StatusCode}");
        if (reply.StatusCode is 400 or 401 or 403)
        {
            throw new AstroCredentialException(
                nameof(Strings.DeploymentKeyRejected),
                Strings.Format(Strings.DeploymentKeyRejected, keyId, source, why),
                keyId);
        }

        throw new AstroException(nameof(Strings.LoginFailed), Strings.Format(Strings.LoginFailed, address.Host, why), AstroErrorCategory.ResourceUnavailable, address.Host);
    }

    /// <summary>Asks Astro where its login is.</summary>
    /// <exception cref="AstroException">UntrustedLoginHost, or a failure on the way.</exception>
    internal async Task<AuthConfig> GetConfigAsync()
    {
        var reply = await _session.Transport.SendAsync(new ApiRequest(HttpMethod.Get, ConfigAddress(_session.Domain)) { IsAnonymous = true }, _call);
        if (!reply.IsSuccess)
            throw ApiFailure.From(reply, _call, _session);
        var answer = Parse(reply, LoginJson.Default.AuthConfigAnswer);
        if (answer is not { Audience: { Length: > 0 } audience, DomainUrl: { Length: > 0 } text }
            || !Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var domainUrl))
        {
            throw ApiFailure.Unreadable(reply, "it is not the auth-config Astro gives");
        }

        if (!_session.Domain.Owns(domainUrl))
        {
            throw new AstroException(
                nameof(Strings.UntrustedLoginHost),
                Strings.Format(Strings.UntrustedLoginHost, domainUrl.Host, _session.Domain.Name),
                AstroErrorCategory.SecurityError,
                domainUrl.Host);
        }

        return new AuthConfig(domainUrl, audience, answer.ClientId);
    }

    private static T? Parse<T>(ApiReply reply, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Where a domain's login is, whom its tokens are for, and the id a program has there.</summary>
internal sealed record AuthConfig(Uri DomainUrl, string Audience, string? ClientId);

/// <summary>The answer of auth-config.</summary>
internal sealed record AuthConfigAnswer
{
    [JsonPropertyName("clientId")] public string? ClientId { get; init; }

    [JsonPropertyName("audience")] public string? Audience { get; init; }

    [JsonPropertyName("domainUrl")] public string? DomainUrl { get; init; }
}

/// <summary>The answer of the token endpoint, good or bad: an error may come with status 200.</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("access_token")] public string? AccessToken { get; init; }

    [JsonPropertyName("expires_in")] public double? ExpiresIn { get; init; }

    [JsonPropertyName("error")] public string? Error { get; init; }

    [JsonPropertyName("error_description")] public string? ErrorDescription { get; init; }

    // A record would print its members.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Error = ").Append(Error);
        return true;
    }
}

[JsonSerializable(typeof(AuthConfigAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class LoginJson : JsonSerializerContext;
