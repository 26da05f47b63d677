using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tokens;

/// <summary>
/// Puts an API token in the place of a legacy Deployment API key (wire contract 2.6 and 4.1). The key tells its deployment
/// as long as Astro takes it; a key that Astro no longer takes can still be converted by somebody else.
/// </summary>
internal sealed class KeyConverter
{
    private const int LongestName = 256;
    private const int NamedDeployments = 10;
    private const string NameEnd = "-deploy";

    private readonly AstroCall _call;
    private readonly AstroConnection _key;
    private readonly DeploymentKeyCredential _credential;

    /// <exception cref="AstroCredentialException">NotADeploymentKey.</exception>
    internal KeyConverter(AstroCall call)
    {
        _call = call;
        _key = call.Connection;
        _credential = ((AstroSession)_key.Session).Credential as DeploymentKeyCredential
            ?? throw new AstroCredentialException(
                nameof(Strings.NotADeploymentKey),
                Strings.Format(Strings.NotADeploymentKey, _key.Name, _key.Kind, _key.SourceDetail),
                _key.Name);
    }

    internal async Task<KeyConversionPlan> PlanAsync(KeyConversion wanted)
    {
        if (wanted.CreateAs is { } other && !string.Equals(other.Domain, _key.Domain, StringComparison.OrdinalIgnoreCase))
            throw Elsewhere(other, other.Domain, _key.Domain);

        var (organization, own) = await AskKeyAsync(wanted);
        var creator = wanted.CreateAs ?? _key;
        if (organization is not null)
        {
            if (creator.Organization is { } its && !its.Equals(organization))
                throw Elsewhere(creator, $"organization {its}", $"organization {organization}");
            creator = creator.CompletedWith(organization, null);
        }

        var call = _call.As(creator);
        var api = new ApiClient(call);
        organization ??= await new Organizations(api).GetCurrentAsync();

        // Asked for as the creator, too: who cannot see the deployment cannot make its token.
        var id = own?.Id ?? (await new Places(api).FindDeploymentAsync(organization.Id, null, wanted.Deployment!)).Id;
        var deployment = own is not null && wanted.CreateAs is null ? own : await new Api.Deployments(api, organization.Id).GetAsync(id);
        var token = await new ApiTokenPlan(api).CompleteAsync(new ApiTokenCreation
        {
            Name = wanted.Name ?? NameFor(deployment.Name),
            Role = wanted.Role ?? await new DeployRole(api, organization.Id).FindAsync(deployment.WorkspaceId),
            Scope = "DEPLOYMENT",
            Deployment = id,
            Description = $"Takes the place of the Deployment API key {_credential.KeyId}",
            ExpiresInDays = wanted.ExpiresInDays,
            Vault = wanted.Vault,
            SecretName = wanted.SecretName,
        });
        var place = new AstroPlace(id, deployment.Name);
        return new KeyConversionPlan
        {
            Creator = creator,
            Token = token with { Entity = place },
            Unfinished = wanted.Force ? [] : await new EarlierConversion(api, organization).FindAsync(token, place),
        };
    }

    /// <param name="plan">What was planned.</param>
    /// <param name="vault">The vaults.</param>
    /// <param name="create">Makes the token, keeps it and proves it.</param>
    /// <exception cref="AstroException">KeyMayNotCreateTokens, or what the creation throws.</exception>
    internal async Task<AstroKeyConversion> ConvertAsync(KeyConversionPlan plan, ISecretVault vault, Func<Task<AstroIssuedApiToken>> create)
    {
        if (plan.Unfinished.Count > 0)
        {
            var api = new ApiClient(_call.As(plan.Creator));
            var organization = plan.Creator.Organization ?? await new Organizations(api).GetCurrentAsync();
            if (await new EarlierConversion(api, organization).SettleAsync(plan, vault) is { } finished)
                return Tell(plan, finished);
        }

        try
        {
            return Tell(plan, await create());
        }
        catch (AstroApiException e) when (e.StatusCode == 403)
        {
            throw new AstroException(
                nameof(Strings.KeyMayNotCreateTokens),
                Strings.Format(Strings.KeyMayNotCreateTokens, plan.Creator.Name, plan.Token.Entity, e.Message),
                AstroErrorCategory.PermissionDenied,
                plan.Token.Name,
                e);
        }
    }

    private AstroKeyConversion Tell(KeyConversionPlan plan, AstroApiToken token) => new()
    {
        KeyId = _credential.KeyId,
        KeySource = _key.SourceDetail,
        DeploymentId = plan.Token.Entity!.Id,
        DeploymentName = plan.Token.Entity.Name!,
        TokenId = token.Id,
        TokenName = token.Name,
        Role = plan.Token.Role,
        ExpiresOn = token.ExpiresOn,
        CreatedAs = plan.Creator.Name,
        Vault = plan.Token.Vault!,
        SecretName = plan.Token.SecretName!,
        RemoveVariables = PipelineLines.KeyVariables.ToList(),
        SetVariable = PipelineLines.TokenVariable,
        AzurePipelines = PipelineLines.AzurePipelines(plan.Token),
        GitHubActions = PipelineLines.GitHubActions(plan.Token),
    };

    // Both are null when Astro no longer takes the key and somebody else can do without it.
    private async Task<(AstroPlace? Organization, DeploymentAnswer? Deployment)> AskKeyAsync(KeyConversion wanted)
    {
        try
        {
            var api = new ApiClient(_call);
            var organization = await new Organizations(api).GetCurrentAsync();
            return (organization, await FindOwnAsync(api, organization.Id, wanted.Deployment ?? _key.Deployment?.Id));
        }
        catch (AstroCredentialException e) when (e.ErrorId == nameof(Strings.DeploymentKeyRejected))
        {
            if (wanted.CreateAs is null || wanted.Deployment is null)
                throw new AstroCredentialException(nameof(Strings.KeyNoLongerWorks), Strings.Format(Strings.KeyNoLongerWorks, e.Message), _key.Name, e);
            _call.Sink.Verbose($"Astro no longer takes the key of connection '{_key.Name}'; that it is for '{wanted.Deployment}' is taken from -Deployment.");
            return (null, null);
        }
    }

    private async Task<DeploymentAnswer> FindOwnAsync(ApiClient api, string organizationId, string? named)
    {
        var deployments = new Api.Deployments(api, organizationId);
        if (named is not null)
        {
            try
            {
                return await deployments.GetAsync((await new Places(api).FindDeploymentAsync(organizationId, null, named)).Id);
            }
            catch (AstroException e) when (e is AstroApiException { StatusCode: 403 or 404 } || e.ErrorId == nameof(Strings.DeploymentNotFound))
            {
                throw new AstroException(
                    nameof(Strings.KeyNotForDeployment),
                    Strings.Format(Strings.KeyNotForDeployment, _key.Name, named),
                    AstroErrorCategory.InvalidArgument,
                    named,
                    e);
            }
        }

        var seen = new List<DeploymentAnswer>();
        await Paging.WalkAsync(offset => deployments.FetchAsync([], offset), page =>
        {
            seen.AddRange(page);
            return Task.CompletedTask;
        });
        if (seen.Count == 1)
            return seen[0];
        var names = string.Join(", ", seen.Take(NamedDeployments).Select(d => $"{d.Name} ({d.Id})"));
        throw new AstroException(
            nameof(Strings.KeyDeploymentUnclear),
            Strings.Format(Strings.KeyDeploymentUnclear, _key.Name, seen.Count, names.Length == 0 ? "" : ": " + names),
            AstroErrorCategory.InvalidArgument,
            _key.Name);
    }

    private AstroException Elsewhere(AstroConnection other, string its, string own) => new(
        nameof(Strings.KeyCreatorElsewhere),
        Strings.Format(Strings.KeyCreatorElsewhere, other.Name, its, _key.Name, own),
        AstroErrorCategory.InvalidArgument,
        other.Name);

    private static string NameFor(string deployment) =>
        (deployment.Length > LongestName - NameEnd.Length ? deployment.Substring(0, LongestName - NameEnd.Length) : deployment) + NameEnd;
}
