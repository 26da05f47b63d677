using System.Text.Json.Serialization;

namespace AstroAuth.Engine.Api;

/// <summary>Who did something.</summary>
internal sealed record SubjectAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("subjectType")] public string? SubjectType { get; init; }

    [JsonPropertyName("username")] public string? Username { get; init; }

    [JsonPropertyName("fullName")] public string? FullName { get; init; }

    [JsonPropertyName("apiTokenName")] public string? ApiTokenName { get; init; }
}
