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

    private async Task<Page<OrganizationAnswer>> FetchAsync(int offset)
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

    internal AstroPlace ToPlace() => new(Id, Name);
}

/// <summary>A page of organizations.</summary>
internal sealed record OrganizationPage
{
    [JsonPropertyName("organizations")] public List<OrganizationAnswer>? Organizations { get; init; }

    [JsonPropertyName("totalCount")] public int TotalCount { get; init; }
}

[JsonSerializable(typeof(OrganizationPage))]
internal sealed partial class OrganizationJson : JsonSerializerContext;
