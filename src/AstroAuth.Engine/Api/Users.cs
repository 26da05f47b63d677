using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>The user a credential speaks for (wire contract 4.4).</summary>
internal sealed class Users
{
    private readonly ApiClient _api;

    internal Users(ApiClient api) => _api = api;

    internal Task<SelfAnswer> GetSelfAsync() => _api.GetAsync("users/self", UserJson.Default.SelfAnswer);

    /// <summary>The same after a login: a person's first one makes the user.</summary>
    internal Task<SelfAnswer> EnsureSelfAsync() => _api.GetAsync("users/self?createIfNotExist=true", UserJson.Default.SelfAnswer);
}

/// <summary>Oneself.</summary>
internal sealed record SelfAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("username")] public string Username { get; init; } = "";

    [JsonPropertyName("status")] public string? Status { get; init; }
}

[JsonSerializable(typeof(SelfAnswer))]
internal sealed partial class UserJson : JsonSerializerContext;
