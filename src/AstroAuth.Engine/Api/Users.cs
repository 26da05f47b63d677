using System;
using System.Collections.Generic;
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

    /// <summary>The ids of all members of an organization; who has become inactive is none.</summary>
    internal async Task<HashSet<string>> ListMembersAsync(string organizationId)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        await Paging.WalkAsync(
            async offset =>
            {
                var page = await _api.GetAsync($"organizations/{organizationId}/users?limit={Paging.LargestPage}&offset={offset}", UserJson.Default.MemberPage);
                return new Page<MemberAnswer>(page.Users ?? [], page.TotalCount);
            },
            page =>
            {
                foreach (var user in page)
                {
                    if (user.Status != "INACTIVE")
                        members.Add(user.Id);
                }

                return Task.CompletedTask;
            });
        return members;
    }
}

/// <summary>Oneself.</summary>
internal sealed record SelfAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("username")] public string Username { get; init; } = "";

    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("invites")] public List<InviteAnswer>? Invites { get; init; }
}

/// <summary>An invitation of oneself: Astro says here neither who made it nor what the organization is called.</summary>
internal sealed record InviteAnswer
{
    [JsonPropertyName("organizationId")] public string OrganizationId { get; init; } = "";

    [JsonPropertyName("expiresAt")] public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A user, as far as membership goes.</summary>
internal sealed record MemberAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("status")] public string? Status { get; init; }
}

/// <summary>A page of users.</summary>
internal sealed record MemberPage
{
    [JsonPropertyName("users")] public List<MemberAnswer>? Users { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

[JsonSerializable(typeof(SelfAnswer))]
[JsonSerializable(typeof(MemberPage))]
internal sealed partial class UserJson : JsonSerializerContext;
