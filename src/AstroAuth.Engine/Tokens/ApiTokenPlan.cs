using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Finds where a new token belongs and checks what Astro would refuse, before anything is sent (wire contract 4.1 and 8).</summary>
internal sealed class ApiTokenPlan
{
    private const int LongestName = 256;
    private const int LongestDescription = 500;

    private readonly ApiClient _api;

    internal ApiTokenPlan(ApiClient api) => _api = api;

    internal async Task<ApiTokenCreation> CompleteAsync(ApiTokenCreation creation)
    {
        if (creation.Entity is not null)
            return creation;
        if (creation.Name.Length is 0 or > LongestName)
            throw Invalid(nameof(Strings.InvalidTokenName), Strings.Format(Strings.InvalidTokenName, creation.Name.Length), creation.Name);
        if (creation.Description.Length > LongestDescription)
            throw Invalid(nameof(Strings.InvalidTokenDescription), Strings.Format(Strings.InvalidTokenDescription, creation.Description.Length), creation.Name);

        var scope = creation.Scope ?? FindScope(creation);
        CheckRole(creation.Role, scope);
        var organization = await new Organizations(_api).GetCurrentAsync();
        return creation with
        {
            Scope = scope,
            Entity = scope switch
            {
                "WORKSPACE" => await FindWorkspaceAsync(organization.Id, creation),
                "DEPLOYMENT" => await FindDeploymentAsync(organization.Id, creation),
                _ => organization,
            },
        };
    }

    private static string FindScope(ApiTokenCreation creation) =>
        creation.Deployment is not null ? "DEPLOYMENT"
        : creation.Workspace is not null ? "WORKSPACE"
        : ScopeOfRole(creation.Role)
        ?? throw Invalid(nameof(Strings.ScopeRequired), Strings.Format(Strings.ScopeRequired, creation.Role), creation.Role);

    private static string? ScopeOfRole(string role)
    {
        foreach (var scope in (string[])["ORGANIZATION", "WORKSPACE", "DEPLOYMENT"])
        {
            if (role.StartsWith(scope + "_", StringComparison.Ordinal))
                return scope;
        }

        return null;
    }

    // A custom role has any name, so that only a built-in role of another level is certainly wrong.
    private static void CheckRole(string role, string scope)
    {
        var other = ScopeOfRole(role);
        if (other is not null ? other != scope : scope != "DEPLOYMENT")
        {
            var advice = scope switch
            {
                "ORGANIZATION" => "Use ORGANIZATION_OWNER, ORGANIZATION_BILLING_ADMIN, ORGANIZATION_MEMBER, ORGANIZATION_OBSERVE_ADMIN or ORGANIZATION_OBSERVE_MEMBER.",
                "WORKSPACE" => "Use WORKSPACE_OWNER, WORKSPACE_OPERATOR, WORKSPACE_AUTHOR, WORKSPACE_MEMBER or WORKSPACE_ACCESSOR.",
                _ => "Use DEPLOYMENT_ADMIN or a custom deployment role.",
            };
            throw Invalid(nameof(Strings.RoleScopeMismatch), Strings.Format(Strings.RoleScopeMismatch, role, scope, advice), role);
        }
    }

    private async Task<AstroPlace> FindWorkspaceAsync(string organizationId, ApiTokenCreation creation)
    {
        var connection = _api.Call.Connection;
        if (creation.Workspace is { } named)
            return await new Places(_api).FindWorkspaceAsync(organizationId, named);
        return connection.Workspace
            ?? throw Invalid(nameof(Strings.WorkspaceRequired), Strings.Format(Strings.WorkspaceRequired, connection.Name), connection.Name);
    }

    private async Task<AstroPlace> FindDeploymentAsync(string organizationId, ApiTokenCreation creation)
    {
        var connection = _api.Call.Connection;
        var places = new Places(_api);
        if (creation.Deployment is not { } named)
        {
            return connection.Deployment
                ?? throw Invalid(nameof(Strings.DeploymentRequired), Strings.Format(Strings.DeploymentRequired, connection.Name), connection.Name);
        }

        var workspaceId = creation.Workspace is { } workspace ? (await places.FindWorkspaceAsync(organizationId, workspace)).Id : null;
        return await places.FindDeploymentAsync(organizationId, workspaceId, named);
    }

    private static AstroException Invalid(string id, string message, string target) => new(id, message, AstroErrorCategory.InvalidArgument, target);
}
