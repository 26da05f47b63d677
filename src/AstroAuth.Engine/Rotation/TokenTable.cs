using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>
/// The tokens a run has to do with: those asked for and all that carry a claim. Listed once; after that only what is newer
/// is looked up.
/// </summary>
internal sealed class TokenTable
{
    private const int NewestPage = 100;

    // A token may show in lists a little after the time it says it was made.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly ApiClient _api;
    private readonly string _organizationId;
    private readonly ConcurrentDictionary<string, ApiTokenAnswer> _tokens = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _listedAt = new();
    private DateTimeOffset _since;

    internal TokenTable(ApiClient api, string organizationId)
    {
        _api = api;
        _organizationId = organizationId;
    }

    internal IEnumerable<ApiTokenAnswer> Claimed => _tokens.Values.Where(t => Claim.Read(t) is not null).OrderBy(t => t.CreatedAt).ThenBy(t => t.Id, StringComparer.Ordinal);

    internal ApiTokenAnswer? Find(string id) => _tokens.TryGetValue(id, out var token) ? token : null;

    internal List<ApiTokenAnswer> SuccessorsOf(string id) =>
        Claimed.Where(t => Claim.Read(t) is { Verb: Claim.Successor } claim && claim.Of == id).ToList();

    internal List<ApiTokenAnswer> RetiringBy(string id) =>
        Claimed.Where(t => Claim.Read(t) is { Verb: Claim.Retire } claim && claim.By == id).ToList();

    internal void Put(ApiTokenAnswer token) => _tokens[token.Id] = token;

    internal void Forget(string id) => _tokens.TryRemove(id, out _);

    /// <summary>Lists what the credential sees; what it may not list is asked for one by one.</summary>
    internal async Task<IReadOnlyList<ApiTokenAnswer>> LoadAsync(IReadOnlyList<string> ids, Func<string, bool>? nameMatches)
    {
        _since = _api.Session.ServerClock.GetUtcNow();
        var wanted = new HashSet<string>(ids, StringComparer.Ordinal);
        var named = new List<ApiTokenAnswer>();
        try
        {
            var filter = await new ApiTokenFilter(new ApiTokenQuery(), _since).GetParametersAsync(_api, _organizationId);
            await ListAsync(filter, token =>
            {
                var isNamed = nameMatches?.Invoke(token.Name) == true;
                if (isNamed)
                    named.Add(token);
                return isNamed || wanted.Contains(token.Id);
            });
        }
        catch (AstroApiException e) when (e.StatusCode is 403 or 404 && nameMatches is null && ids.Count > 0)
        {
            // Who may not list may still look at a token by its id.
        }

        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (Find(id) is not null || await FetchAsync(id) is not { } token)
                continue;
            Put(token);
            if (places.Add(token.Scope + OwnerOf(token)))
                await ListAsync(ApiTokenFilter.OwnedBy(token.Scope, OwnerOf(token)), static _ => false);
        }

        return named;
    }

    /// <summary>Looks for claims that were made since the last look, where this token lives.</summary>
    internal async Task RefreshAsync(ApiTokenAnswer token)
    {
        var place = token.Scope + OwnerOf(token);
        var since = (_listedAt.TryGetValue(place, out var at) ? at : _since) - Margin;
        var now = _api.Session.ServerClock.GetUtcNow();
        var filter = ApiTokenFilter.OwnedBy(token.Scope, OwnerOf(token));
        filter.Add(new("sorts", "createdAt:desc"));
        for (var offset = 0; ;)
        {
            var page = await new ApiTokens(_api, _organizationId).FetchAsync(filter, offset, NewestPage);
            foreach (var listed in page.Items.Where(t => Claim.Read(t) is { Verb: Claim.Successor }))
                Put(listed);
            offset += page.Items.Count;
            if (page.Items.Count == 0 || offset >= page.TotalCount || page.Items[page.Items.Count - 1].CreatedAt < since)
                break;
        }

        _listedAt.AddOrUpdate(place, now, (_, known) => known > now ? known : now);
    }

    /// <summary>The id of the entity that owns a token, as its roles tell; null for an organization's.</summary>
    internal static string? OwnerOf(ApiTokenAnswer token) =>
        token.Scope is "WORKSPACE" or "DEPLOYMENT" ? token.Roles?.Find(r => r.EntityType == token.Scope)?.EntityId : null;

    internal static bool HaveSameRoles(ApiTokenAnswer one, ApiTokenAnswer other)
    {
        var roles = one.Roles ?? [];
        var others = other.Roles ?? [];
        return roles.Count == others.Count && !roles.Except(others).Any();
    }

    private Task ListAsync(IEnumerable<KeyValuePair<string, string>> filter, Func<ApiTokenAnswer, bool> isWanted)
    {
        var tokens = new ApiTokens(_api, _organizationId);
        return Paging.WalkAsync(offset => tokens.FetchAsync(filter, offset), page =>
        {
            foreach (var token in page)
            {
                if (isWanted(token) | (Claim.Read(token) is not null))
                    Put(token);
            }

            return Task.CompletedTask;
        });
    }

    private async Task<ApiTokenAnswer?> FetchAsync(string id)
    {
        try
        {
            return await new ApiTokens(_api, _organizationId).GetAsync(id);
        }
        catch (AstroApiException e) when (e.StatusCode is 404)
        {
            return null;
        }
    }
}
