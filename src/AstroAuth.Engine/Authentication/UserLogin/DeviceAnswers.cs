using System.Text;
using System.Text.Json.Serialization;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>The answer to the question for a device code (RFC 8628, 3.2).</summary>
internal sealed record DeviceAnswer
{
    [JsonPropertyName("device_code")] public string? DeviceCode { get; init; }

    [JsonPropertyName("user_code")] public string? UserCode { get; init; }

    [JsonPropertyName("verification_uri")] public string? Page { get; init; }

    [JsonPropertyName("verification_uri_complete")] public string? Link { get; init; }

    [JsonPropertyName("expires_in")] public double? ExpiresIn { get; init; }

    [JsonPropertyName("interval")] public double? Interval { get; init; }

    [JsonPropertyName("error")] public string? Error { get; init; }

    [JsonPropertyName("error_description")] public string? ErrorDescription { get; init; }

    // A record would print its members.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Error = ").Append(Error);
        return true;
    }
}

/// <summary>What a code was exchanged for, or why it was not yet.</summary>
internal sealed record DeviceTokenAnswer
{
    [JsonPropertyName("refresh_token")] public string? RefreshToken { get; init; }

    [JsonPropertyName("id_token")] public string? IdToken { get; init; }

    [JsonPropertyName("error")] public string? Error { get; init; }

    [JsonPropertyName("error_description")] public string? ErrorDescription { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Error = ").Append(Error);
        return true;
    }
}

[JsonSerializable(typeof(DeviceAnswer))]
[JsonSerializable(typeof(DeviceTokenAnswer))]
internal sealed partial class DeviceJson : JsonSerializerContext;
