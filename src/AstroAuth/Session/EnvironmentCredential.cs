using System;
using System.Text;

namespace AstroAuth.Session;

/// <summary>What the environment variables hold at one moment (wire contract 1.3).</summary>
internal sealed class EnvironmentCredential
{
    internal const string TokenVariable = "ASTRO_API_TOKEN";
    internal const string KeyIdVariable = "ASTRONOMER_KEY_ID";
    internal const string KeySecretVariable = "ASTRONOMER_KEY_SECRET";

    private readonly string? _token;
    private readonly string? _keyId;
    private readonly string? _keySecret;

    private EnvironmentCredential(string? token, string? keyId, string? keySecret)
    {
        _token = token;
        _keyId = keyId;
        _keySecret = keySecret;
    }

    /// <summary>Equal for equal variables; kept in memory only, like the variables themselves.</summary>
    internal string Fingerprint => string.Join("\0", _token, _keyId, _keySecret, DomainName.FromEnvironment());

    internal static EnvironmentCredential Read() => new(
        Environment.GetEnvironmentVariable(TokenVariable),
        Environment.GetEnvironmentVariable(KeyIdVariable),
        Environment.GetEnvironmentVariable(KeySecretVariable));

    /// <summary>A request to connect with what is there; null when there is nothing.</summary>
    internal AstroConnectionRequest? ToRequest(string name, string domain, int timeoutSec)
    {
        if (!string.IsNullOrWhiteSpace(_token))
        {
            return new AstroConnectionRequest
            {
                Name = name,
                Domain = domain,
                Kind = AstroCredentialKind.ApiToken,
                Secret = SecureStrings.Conceal(_token!),
                Source = AstroCredentialSource.Environment,
                SourceDetail = TokenVariable,
                TimeoutSec = timeoutSec,
            };
        }

        if (string.IsNullOrWhiteSpace(_keyId) || string.IsNullOrWhiteSpace(_keySecret))
            return null;
        return new AstroConnectionRequest
        {
            Name = name,
            Domain = domain,
            Kind = AstroCredentialKind.DeploymentKey,
            KeyId = _keyId,
            Secret = SecureStrings.Conceal(_keySecret!),
            Source = AstroCredentialSource.Environment,
            SourceDetail = $"{KeyIdVariable} and {KeySecretVariable}",
            TimeoutSec = timeoutSec,
        };
    }

    /// <summary>The error that lists every place looked at and what was found there, never a value.</summary>
    /// <param name="others">More places and what was found there.</param>
    internal AstroException ToNoCredential(params (string Place, string Found)[] others)
    {
        var places = new StringBuilder();
        Add("-ApiToken, -AccessToken, -DeploymentKey", "not given");
        Add("-SecretName", "not given");
        Add("$env:" + TokenVariable, Describe(_token));
        Add("$env:" + KeyIdVariable, Describe(_keyId));
        Add("$env:" + KeySecretVariable, Describe(_keySecret));
        foreach (var (place, found) in others)
            Add(place, found);
        return new AstroException(
            nameof(Strings.NoCredential),
            Strings.Format(Strings.NoCredential, places),
            AstroErrorCategory.AuthenticationError,
            DomainName.FromEnvironment());

        void Add(string place, string found) => places.Append("\n  ").Append(place).Append(": ").Append(found);
    }

    private static string Describe(string? value) => value is null ? "not set" : string.IsNullOrWhiteSpace(value) ? "set, but empty" : "set";
}
