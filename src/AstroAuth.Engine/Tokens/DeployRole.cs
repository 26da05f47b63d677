using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Finds the role with the least that a deploy needs (wire contract 4.3 and 4.10).</summary>
internal sealed class DeployRole
{
    /// <summary>The only built-in role of a deployment; it may everything there.</summary>
    internal const string BuiltIn = "DEPLOYMENT_ADMIN";

    private static readonly string[] Needed = ["deployment.get", "deployment.deploys.create"];

    private readonly ApiClient _api;
    private readonly CustomRoles _roles;

    internal DeployRole(ApiClient api, string organizationId)
    {
        _api = api;
        _roles = new CustomRoles(api, organizationId);
    }

    /// <summary>The first custom role by name that permits a deploy and nothing else in that workspace, or DEPLOYMENT_ADMIN.</summary>
    internal async Task<string> FindAsync(string workspaceId)
    {
        try
        {
            var (custom, _) = await _roles.ListAsync();
            foreach (var role in custom.Where(r => r.ScopeType == "DEPLOYMENT").OrderBy(r => r.Name, System.StringComparer.Ordinal))
            {
                // The list leaves the permissions out.
                if (Fits(await _roles.GetAsync(role.Id!), workspaceId))
                    return role.Name;
            }

            _api.Call.Sink.Warning($"No custom role permits to deploy and nothing else, so that the token's role is {BuiltIn}, which may everything on the deployment. An Organization Owner can make one with New-AstroRole -LeastPrivilege DagDeploy and put it in place with Add-AstroApiTokenRole -Replace.");
        }
        catch (AstroApiException e) when (e.StatusCode is 403 or 404)
        {
            _api.Call.Sink.Warning($"The custom roles cannot be seen, so that the token's role is {BuiltIn}, which may everything on the deployment. Name a narrower one with -Role.");
        }

        return BuiltIn;
    }

    private static bool Fits(RoleAnswer role, string workspaceId) =>
        role.Permissions is { } permissions
        && new HashSet<string>(permissions).SetEquals(Needed)
        && (role.RestrictedWorkspaceIds is not { Count: > 0 } only || only.Contains(workspaceId));
}
