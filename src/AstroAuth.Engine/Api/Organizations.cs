using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api;

/// <summary>Organizations (wire contract 4.5).</summary>
internal sealed class Organizations
{
    private const int PageSize = 100;
    private readonly ApiClient _api;

    internal Organizations(ApiClient api) => _api = api;

    /// <summary>All that the credential sees; one request for up to a hundred.</summary>
    internal async Task<List<OrganizationAnswer>> ListAsync()
    {
        var all = new List<OrganizationAnswer>();
        await Paging.WalkAsync(FetchAsync, page =>
        {
            all.AddRange(page);
            return Task.CompletedTask;
        });
        return all;
    }

    internal Task<OrganizationAnswer> GetAsync(string id) =>
        _api.GetAsync($"organizations/{Uri.EscapeDataString(id)}", OrganizationJson.Default.OrganizationAnswer);

    /// <summary>The organization of the call: the connection's, or the only one its credential sees.</summary>
    /// <exception cref="AstroException">OrganizationRequired or NoOrganization.</exception>
    internal async Task<AstroPlace> GetCurrentAsync()
    {
        var connection = _api.Call.Connection;
        if ((connection.Organization ?? _api.Session.Organization) is { } known)
            return known;

        return _api.Session.Organization = Choose(await ListAsync());
    }

    internal AstroPlace Choose(List<OrganizationAnswer> organizations)
    {
        var name = _api.Call.Connection.Name;
        if (organizations.Count == 1)
            return organizations[0].ToPlace();
        if (organizations.Count == 0)
            throw new AstroException(nameof(Strings.NoOrganization), Strings.Format(Strings.NoOrganization, name), AstroErrorCategory.ObjectNotFound, name);

        throw new AstroException(
            nameof(Strings.OrganizationRequired),
            Strings.Format(Strings.OrganizationRequired, name, organizations.Count, Describe(organizations)),
            AstroErrorCategory.InvalidArgument,
            name);
    }

    internal static string Describe(IEnumerable<OrganizationAnswer> organizations) =>
        string.Join(", ", organizations.Take(10).Select(o => $"{o.Name} ({o.Id})"));

    internal async Task<Page<OrganizationAnswer>> FetchAsync(int offset)
    {
        var page = await _api.GetAsync($"organizations?limit={PageSize}&offset={offset}", OrganizationJson.Default.OrganizationPage);
        return new Page<OrganizationAnswer>(page.Organizations ?? [], page.TotalCount);
    }
}

/// <summary>An organization.</summary>
internal sealed record OrganizationAnswer
{
    [JsonPropertyName("id")] public string Id { get; init; } = "";

    [JsonPropertyName("name")] public string Name { get; init; } = "";

    [JsonPropertyName("product")] public string? Product { get; init; }

    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("productPlans")] public List<OrganizationPlanAnswer>? ProductPlans { get; init; }

    [JsonPropertyName("billingEmail")] public string? BillingEmail { get; init; }

    [JsonPropertyName("isScimEnabled")] public bool IsScimEnabled { get; init; }

    [JsonPropertyName("allowEnhancedSupportAccess")] public bool AllowEnhancedSupportAccess { get; init; }

    [JsonPropertyName("hasAllowedIpAddressRanges")] public bool HasAllowedIpAddressRanges { get; init; }

    [JsonPropertyName("shouldEnforceDedicatedClusters")] public bool ShouldEnforceDedicatedClusters { get; init; }

    [JsonPropertyName("trialExpiresAt")] public DateTimeOffset? TrialExpiresAt { get; init; }

    [JsonPropertyName("createdAt")] public DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")] public DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("createdBy")] public SubjectAnswer? CreatedBy { get; init; }

    [JsonPropertyName("updatedBy")] public SubjectAnswer? UpdatedBy { get; init; }

    internal AstroPlace ToPlace() => new(Id, Name);
}

/// <summary>A plan of an organization.</summary>
internal sealed record OrganizationPlanAnswer
{
    [JsonPropertyName("productPlanName")] public string? ProductPlanName { get; init; }
}

/// <summary>A page of organizations.</summary>
internal sealed record OrganizationPage
{
    [JsonPropertyName("organizations")] public List<OrganizationAnswer>? Organizations { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

[JsonSerializable(typeof(OrganizationPage))]
internal sealed partial class OrganizationJson : JsonSerializerContext;
