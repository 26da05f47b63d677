using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Roles;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine;

/// <content>Tokens that change, roles, and agent tokens.</content>
public sealed partial class AstroEngine
{
    /// <inheritdoc />
    public async Task<AstroApiToken> UpdateApiTokenAsync(AstroCall call, ApiTokenUpdate update, Func<AstroApiToken, Task<bool>> confirm)
    {
        var (api, organization) = await EnterAsync(call);
        return await new ApiTokenEdit(api, organization.Id).UpdateAsync(update, confirm);
    }

    /// <inheritdoc />
    public async Task<AstroApiToken> ChangeApiTokenRolesAsync(
        AstroCall call, ApiTokenRoleChange change, Func<AstroApiToken, AstroTokenRole, Task<bool>> confirm)
    {
        var (api, organization) = await EnterAsync(call);
        return await new ApiTokenRoleEdit(api, organization.Id).ChangeAsync(change, confirm);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<AstroRole>> ListRolesAsync(AstroCall call, RoleQuery query)
    {
        var (api, organization) = await EnterAsync(call);
        return await new RoleFinder(api, new CustomRoles(api, organization.Id)).ListAsync(query);
    }

    /// <inheritdoc />
    public async Task<AstroRole?> CreateRoleAsync(AstroCall call, RoleCreation creation, Func<AstroRole, Task<bool>> confirm)
    {
        var (api, organization) = await EnterAsync(call);
        return await new RoleEdit(api, organization.Id).CreateAsync(creation, confirm);
    }

    /// <inheritdoc />
    public async Task<AstroRole> UpdateRoleAsync(AstroCall call, RoleUpdate update, Func<AstroRole, AstroRole, Task<bool>> confirm)
    {
        var (api, organization) = await EnterAsync(call);
        return await new RoleEdit(api, organization.Id).UpdateAsync(update, confirm);
    }

    /// <inheritdoc />
    public async Task DeleteRoleAsync(AstroCall call, string role, Func<AstroRole, Task<bool>> confirm)
    {
        var (api, organization) = await EnterAsync(call);
        await new RoleEdit(api, organization.Id).DeleteAsync(role, confirm);
    }

    /// <inheritdoc />
    public async Task<AstroApiToken> GetAgentTokenAsync(AstroCall call, string? deployment, string id)
    {
        var (api, organization) = await EnterAsync(call);
        return await new AgentTokenIssue(api, organization).GetAsync(deployment, id);
    }

    /// <inheritdoc />
    public async Task ListAgentTokensAsync(
        AstroCall call, string? deployment, Func<string, bool>? nameMatches, Func<IReadOnlyList<AstroApiToken>, Task> onPage)
    {
        var (api, organization) = await EnterAsync(call);
        await new AgentTokenIssue(api, organization).ListAsync(deployment, nameMatches, onPage);
    }

    /// <inheritdoc />
    public async Task<ApiTokenCreation> PlanAgentTokenAsync(AstroCall call, ApiTokenCreation creation)
    {
        var (api, organization) = await EnterAsync(call);
        return await new AgentTokenIssue(api, organization).PlanAsync(creation);
    }

    /// <inheritdoc />
    public async Task<AstroIssuedApiToken> CreateAgentTokenAsync(AstroCall call, ApiTokenCreation creation, ISecretVault vault)
    {
        var (api, organization) = await EnterAsync(call);
        return await new AgentTokenIssue(api, organization).IssueAsync(creation, vault);
    }

    /// <inheritdoc />
    public async Task DeleteAgentTokenAsync(AstroCall call, string deploymentId, string id)
    {
        var (api, organization) = await EnterAsync(call);
        await new AgentTokenIssue(api, organization).DeleteAsync(deploymentId, id);
    }

    private static async Task<(ApiClient Api, AstroPlace Organization)> EnterAsync(AstroCall call)
    {
        var api = new ApiClient(call);
        return (api, await new Organizations(api).GetCurrentAsync());
    }
}
