using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Adds a role to a token or takes one away; Astro knows only how to replace the whole set, so it is read first.</summary>
internal sealed class ApiTokenRoleEdit
{
    private readonly ApiClient _api;
    private readonly ApiTokens _tokens;
    private readonly string _organizationId;
    private readonly DateTimeOffset _now;

    internal ApiTokenRoleEdit(ApiClient api, string organizationId)
    {
        _api = api;
        _tokens = new ApiTokens(api, organizationId);
        _organizationId = organizationId;
        _now = api.Session.Clock.GetUtcNow();
    }

    internal async Task<AstroApiToken> ChangeAsync(ApiTokenRoleChange change, Func<AstroApiToken, AstroTokenRole, Task<bool>> confirm)
    {
        var role = await FindAsync(change);
        var token = await _tokens.GetAsync(change.Id);
        var (roles, concerned) = Apply(token, role, change);
        if (IsSame(token, roles) || !await confirm(token.ToModel(_organizationId, _now), concerned.ToModel()))
            return token.ToModel(_organizationId, _now);

        // Others may have changed the set while somebody thought about the question.
        (roles, _) = Apply(await _tokens.GetAsync(change.Id), role, change);
        await _tokens.ReplaceRolesAsync(change.Id, roles);
        return (await _tokens.GetAsync(change.Id)).ToModel(_organizationId, _now);
    }

    private static (List<ApiTokenRoleAnswer> Roles, ApiTokenRoleAnswer Concerned) Apply(
        ApiTokenAnswer token, ApiTokenRoleAnswer role, ApiTokenRoleChange change) =>
        change.Remove ? ApiTokenRoleRules.Remove(token, role) : (ApiTokenRoleRules.Add(token, role, change.Replace), role);

    private static bool IsSame(ApiTokenAnswer token, List<ApiTokenRoleAnswer> roles) => roles.SequenceEqual(token.Roles ?? []);

    private async Task<ApiTokenRoleAnswer> FindAsync(ApiTokenRoleChange change)
    {
        var places = new DefaultPlaces(_api, _organizationId);
        var type = FindType(change);
        if (change.Role is { } role && (!change.Remove || ApiTokenPlan.ScopeOfRole(role) is not null))
            ApiTokenPlan.CheckRole(role, type == "DAG_TAG" ? "DAG" : type);
        var name = change.Role ?? "";
        if (type == "ORGANIZATION")
            return new ApiTokenRoleAnswer { EntityType = type, EntityId = _organizationId, Role = name };
        if (type == "WORKSPACE")
            return new ApiTokenRoleAnswer { EntityType = type, EntityId = (await places.FindWorkspaceAsync(change.Workspace)).Id, Role = name };
        var deployment = (await places.FindDeploymentAsync(change.Workspace, change.Deployment)).Id;
        return type == "DEPLOYMENT"
            ? new ApiTokenRoleAnswer { EntityType = type, EntityId = deployment, Role = name }
            : new ApiTokenRoleAnswer { EntityType = type, EntityId = (change.DagId ?? change.DagTag)!, Role = name, DeploymentId = deployment };
    }

    private static string FindType(ApiTokenRoleChange change) =>
        change.DagId is not null ? "DAG"
        : change.DagTag is not null ? "DAG_TAG"
        : change.Deployment is not null ? "DEPLOYMENT"
        : change.Workspace is not null ? "WORKSPACE"
        : (change.Role is { } role && ApiTokenPlan.ScopeOfRole(role) is { } scope and not "DAG" ? scope : null)
        ?? throw new AstroException(
            nameof(Strings.RolePlaceRequired),
            Strings.Format(Strings.RolePlaceRequired, change.Role is null ? "It is not said" : $"The role '{change.Role}' does not say"),
            AstroErrorCategory.InvalidArgument,
            change.Role ?? change.Id);
}
