using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tokens;

/// <summary>
/// What an earlier conversion of a key has made or left: a token of the deployment with the same name, whose description
/// names the key or says that it is being made. One that is finished is told; one that a run left which died is finished when
/// the vault holds its value, and removed otherwise. Others of that name are somebody else's.
/// </summary>
internal sealed class EarlierConversion
{
    // Well above what a conversion takes: whoever is at it is not disturbed.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    private readonly ApiClient _api;
    private readonly AstroPlace _organization;
    private readonly ApiTokens _tokens;

    internal EarlierConversion(ApiClient api, AstroPlace organization)
    {
        _api = api;
        _organization = organization;
        _tokens = new ApiTokens(api, organization.Id);
    }

    private DateTimeOffset Now => _api.Session.ServerClock.GetUtcNow();

    /// <summary>The ids of what a run that died has left under this name.</summary>
    /// <exception cref="AstroException">KeyTokenExists.</exception>
    internal async Task<IReadOnlyList<string>> FindAsync(ApiTokenCreation wanted, AstroPlace deployment)
    {
        var found = await ListAsync(wanted, deployment);
        if (found.Find(t => !IsUnfinished(t)) is { } whole)
            throw Exists(whole, deployment, "");
        if (found.Find(t => Now - t.CreatedAt < Lease) is { } young)
            throw Exists(young, deployment, $" that a run has begun at {Days.Say(young.CreatedAt)} and may still be at; what it leaves is made good from {Days.Say(young.CreatedAt + Lease)} on");
        return found.ConvertAll(t => t.Id);
    }

    /// <summary>Finishes what was left, or removes it.</summary>
    /// <returns>The token that the vault holds the value of, or null: one has to be made.</returns>
    /// <exception cref="AstroException">The vault cannot be read, or Astro cannot be asked: nothing was touched.</exception>
    internal async Task<AstroApiToken?> SettleAsync(KeyConversionPlan plan, ISecretVault vault)
    {
        var wanted = plan.Token;
        ApiTokenAnswer? finished = null;
        foreach (var id in plan.Unfinished)
        {
            if (await FindAsync(id) is not { } left || !IsUnfinished(left))
                continue;
            if (finished is null && left.Roles?.Exists(r => r.Role == wanted.Role) == true && await IsKeptAsync(left, wanted, vault))
            {
                finished = await _tokens.UpdateAsync(id, new UpdateApiTokenBody { Name = left.Name, Description = wanted.Description });
                _api.Call.Sink.Verbose($"The token {id} that an earlier run had made is in the vault and works; it was finished.");
            }
            else if (left.LastUsedAt is not null)
            {
                // Somebody may live by it, from wherever its value is.
                throw Exists(left, wanted.Entity!, $", which has been used although vault '{wanted.Vault}' does not hold its value as '{wanted.SecretName}'");
            }
            else
            {
                await new ApiTokenCreator(_api, _organization).DeleteAsync(id);
                _api.Call.Sink.Verbose($"The token {id} that an earlier run had left was removed, because the vault does not hold its value.");
            }
        }

        return finished?.ToModel(_organization.Id, Now);
    }

    private static bool IsUnfinished(ApiTokenAnswer token) => DescriptionMarker.Find(token.Description, OrganizationTokenCollection.Verb) is not null;

    private async Task<List<ApiTokenAnswer>> ListAsync(ApiTokenCreation wanted, AstroPlace deployment)
    {
        var found = new List<ApiTokenAnswer>();
        try
        {
            await Paging.WalkAsync(offset => _tokens.FetchAsync(ApiTokenFilter.OwnedBy("DEPLOYMENT", deployment.Id), offset), page =>
            {
                found.AddRange(page.Where(t =>
                    t.Scope == "DEPLOYMENT" && t.Name == wanted.Name && (IsUnfinished(t) || t.Description?.Contains(wanted.Description) == true)));
                return Task.CompletedTask;
            });
        }
        catch (AstroApiException e) when (e.StatusCode == 403)
        {
            _api.Call.Sink.Verbose($"Whether deployment '{deployment}' has a token '{wanted.Name}' already is not known: {e.Message}");
        }

        return found;
    }

    private async Task<ApiTokenAnswer?> FindAsync(string id)
    {
        try
        {
            return await _tokens.GetAsync(id);
        }
        catch (AstroApiException e) when (e.StatusCode == 404)
        {
            return null;
        }
    }

    private async Task<bool> IsKeptAsync(ApiTokenAnswer token, ApiTokenCreation wanted, ISecretVault vault)
    {
        if (await vault.LookAsync(wanted.Vault!, wanted.SecretName!) is not { } value
            || TokenReader.TryRead(SecureStrings.Reveal(value).Trim(), Now, out _)?.TokenId != token.Id)
            return false;
        return (await new TokenProof(_api).AskAsync(value, AstroCredentialSource.Vault, $"vault '{wanted.Vault}'")).IsLetIn == true;
    }

    private static AstroException Exists(ApiTokenAnswer token, AstroPlace deployment, string more) => new(
        nameof(Strings.KeyTokenExists),
        Strings.Format(Strings.KeyTokenExists, deployment, token.Name, token.Id, more),
        AstroErrorCategory.ResourceExists,
        token.Name);
}
