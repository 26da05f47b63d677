using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Tokens of one sort, as far as making one safely needs them: made, found again by its marker, and removed.</summary>
internal abstract class TokenCollection
{
    /// <summary>Whether nothing of a token can be changed once it is made, so that its marker stays behind the description.</summary>
    internal abstract bool KeepsMarker { get; }

    /// <summary>A marker to be born with that no other token has.</summary>
    internal abstract DescriptionMarker NewMarker();

    internal abstract Task<ApiTokenAnswer> CreateAsync(ApiTokenCreation creation, string description);

    /// <summary>A page of the tokens among which a new one has to be, the newest first.</summary>
    internal abstract Task<Page<ApiTokenAnswer>> FetchNewestAsync(ApiTokenCreation creation, int offset);

    internal abstract Task<ApiTokenAnswer> GetAsync(string id);

    /// <summary>Puts the description the caller wants in the marker's place, where that is possible.</summary>
    internal abstract Task<ApiTokenAnswer> FinishAsync(ApiTokenAnswer created, ApiTokenCreation creation);

    internal abstract Task DeleteAsync(string id);

    private protected static DescriptionMarker Unique(string verb) => new(verb, [new(Guid.NewGuid().ToString("N"), "")]);
}

/// <summary>The API tokens of an organization.</summary>
internal sealed class OrganizationTokenCollection : TokenCollection
{
    /// <summary>What the marker of a token says that is being made.</summary>
    internal const string Verb = "creating";

    private readonly ApiTokens _tokens;

    internal OrganizationTokenCollection(ApiTokens tokens) => _tokens = tokens;

    internal override bool KeepsMarker => false;

    internal override DescriptionMarker NewMarker() => Unique(Verb);

    internal override Task<ApiTokenAnswer> CreateAsync(ApiTokenCreation creation, string description) => _tokens.CreateAsync(new CreateApiTokenBody
    {
        Name = creation.Name,
        Role = creation.Role,
        Scope = creation.Scope!,
        Description = description,
        EntityId = creation.Scope == "ORGANIZATION" ? null : creation.Entity!.Id,
        Kind = creation.Kind,
        TokenExpiryPeriodInDays = creation.ExpiresInDays,
    });

    internal override Task<Page<ApiTokenAnswer>> FetchNewestAsync(ApiTokenCreation creation, int offset)
    {
        var filter = ApiTokenFilter.OwnedBy(creation.Scope!, creation.Entity?.Id);
        filter.Add(new("sorts", "createdAt:desc"));
        return _tokens.FetchAsync(filter, offset);
    }

    internal override Task<ApiTokenAnswer> GetAsync(string id) => _tokens.GetAsync(id);

    internal override Task<ApiTokenAnswer> FinishAsync(ApiTokenAnswer created, ApiTokenCreation creation) =>
        _tokens.UpdateAsync(created.Id, new UpdateApiTokenBody { Name = creation.Name, Description = creation.Description });

    internal override Task DeleteAsync(string id) => _tokens.DeleteAsync(id);
}

/// <summary>The agent tokens of a deployment. They cannot be changed, so that the marker stays behind the description.</summary>
internal sealed class AgentTokenCollection : TokenCollection
{
    private const string Verb = "made";

    private readonly AgentTokens _tokens;

    internal AgentTokenCollection(AgentTokens tokens) => _tokens = tokens;

    /// <summary>The longest description that leaves room for the marker and a blank.</summary>
    internal static int LongestDescription => DescriptionMarker.LongestDescription - Unique(Verb).ToString().Length - 1;

    internal override bool KeepsMarker => true;

    internal override DescriptionMarker NewMarker() => Unique(Verb);

    internal override Task<ApiTokenAnswer> CreateAsync(ApiTokenCreation creation, string description) => _tokens.CreateAsync(new CreateAgentTokenBody
    {
        Name = creation.Name,
        Description = description,
        TokenExpiryPeriodInDays = creation.ExpiresInDays,
    });

    internal override Task<Page<ApiTokenAnswer>> FetchNewestAsync(ApiTokenCreation creation, int offset) =>
        _tokens.FetchAsync([new("sorts", "createdAt:desc")], offset);

    internal override Task<ApiTokenAnswer> GetAsync(string id) => _tokens.GetAsync(id);

    internal override Task<ApiTokenAnswer> FinishAsync(ApiTokenAnswer created, ApiTokenCreation creation) => Task.FromResult(created);

    internal override Task DeleteAsync(string id) => _tokens.DeleteAsync(id);
}
