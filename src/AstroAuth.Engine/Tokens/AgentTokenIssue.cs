using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Agent tokens: found, made like API tokens with the same care, and removed.</summary>
internal sealed class AgentTokenIssue
{
    private readonly ApiClient _api;
    private readonly AstroPlace _organization;

    internal AgentTokenIssue(ApiClient api, AstroPlace organization)
    {
        _api = api;
        _organization = organization;
    }

    private DateTimeOffset Now => _api.Session.Clock.GetUtcNow();

    internal async Task<AstroApiToken> GetAsync(string? deployment, string id)
    {
        var place = await FindAsync(null, deployment);
        return Owned((await Tokens(_api, place.Id).GetAsync(id)).ToModel(_organization.Id, Now), place.Id);
    }

    internal async Task ListAsync(string? deployment, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroApiToken>, Task> onPage)
    {
        var place = await FindAsync(null, deployment);
        var now = Now;
        await Paging.WalkAsync(
            offset => Tokens(_api, place.Id).FetchAsync([], offset),
            page => onPage(page.Where(t => nameMatches is null || nameMatches(t.Name))
                .Select(t => Owned(t.ToModel(_organization.Id, now), place.Id)).ToList()));
    }

    internal async Task<ApiTokenCreation> PlanAsync(ApiTokenCreation creation)
    {
        if (creation.Entity is not null)
            return creation;
        ApiTokenPlan.CheckTexts(creation.Name, creation.Description);
        if (creation.Description.Length > AgentTokenCollection.LongestDescription)
        {
            throw new AstroException(
                nameof(Strings.AgentDescriptionTooLong),
                Strings.Format(Strings.AgentDescriptionTooLong, creation.Description.Length, AgentTokenCollection.LongestDescription),
                AstroErrorCategory.InvalidArgument,
                creation.Name);
        }

        return creation with { Scope = "DEPLOYMENT", Entity = await FindAsync(creation.Workspace, creation.Deployment) };
    }

    internal async Task<AstroIssuedApiToken> IssueAsync(ApiTokenCreation creation, ISecretVault vault)
    {
        var planned = await PlanAsync(creation);
        var id = planned.Entity!.Id;
        return Owned(await new ApiTokenIssuer(_api, _organization, vault, client => new AgentTokenCollection(Tokens(client, id))).IssueAsync(planned), id);
    }

    internal Task DeleteAsync(string deploymentId, string id) => Tokens(_api, deploymentId).DeleteAsync(id);

    private Task<AstroPlace> FindAsync(string? workspace, string? deployment) =>
        new DefaultPlaces(_api, _organization.Id).FindDeploymentAsync(workspace, deployment);

    private AgentTokens Tokens(ApiClient api, string deploymentId) => new(api, _organization.Id, deploymentId);

    // The path says whose it is; the answer does not have to.
    private static T Owned<T>(T token, string deploymentId)
        where T : AstroApiToken
    {
        token.DeploymentId = deploymentId;
        return token;
    }
}
