using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Finds where a new token belongs and checks what Astro would refuse, before anything is sent (wire contract 4.1 and 8).</summary>
internal sealed class ApiTokenPlan
{
    /// <summary>The kind that the Airflow of a deployment checks by itself.</summary>
    internal const string DirectAccess = "DIRECT_ACCESS";

    private const int LongestName = 256;
    private const int LongestDescription = DescriptionMarker.LongestDescription;

    private readonly ApiClient _api;

    internal ApiTokenPlan(ApiClient api) => _api = api;

    internal async Task<ApiTokenCreation> CompleteAsync(ApiTokenCreation creation)
    {
        if (creation.Entity is not null)
            return creation;
        CheckTexts(creation.Name, creation.Description);

        var scope = creation.Scope ?? FindScope(creation);
        CheckRole(creation.Role, scope);
        if (creation.Kind == DirectAccess && scope != "DEPLOYMENT")
            throw Invalid(nameof(Strings.DirectAccessScope), Strings.Format(Strings.DirectAccessScope, scope), creation.Name);
        var organization = await new Organizations(_api).GetCurrentAsync();
        var places = new DefaultPlaces(_api, organization.Id);
        return creation with
        {
            Scope = scope,
            Entity = scope switch
            {
                "WORKSPACE" => await places.FindWorkspaceAsync(creation.Workspace),
                "DEPLOYMENT" => await places.FindDeploymentAsync(creation.Workspace, creation.Deployment),
                _ => organization,
            },
        };
    }

    /// <exception cref="AstroException">InvalidTokenName or InvalidTokenDescription.</exception>
    internal static void CheckTexts(string name, string description)
    {
        if (name.Length is 0 or > LongestName)
            throw Invalid(nameof(Strings.InvalidTokenName), Strings.Format(Strings.InvalidTokenName, name.Length), name);
        if (description.Length > LongestDescription)
            throw Invalid(nameof(Strings.InvalidTokenDescription), Strings.Format(Strings.InvalidTokenDescription, description.Length), name);
    }

    private static string FindScope(ApiTokenCreation creation) =>
        creation.Deployment is not null ? "DEPLOYMENT"
        : creation.Workspace is not null ? "WORKSPACE"
        : ScopeOfRole(creation.Role)
        ?? throw Invalid(nameof(Strings.ScopeRequired), Strings.Format(Strings.ScopeRequired, creation.Role), creation.Role);

    /// <summary>The level that a built-in role names itself after, or null for a custom one.</summary>
    internal static string? ScopeOfRole(string role)
    {
        foreach (var scope in (string[])["ORGANIZATION", "WORKSPACE", "DEPLOYMENT", "DAG"])
        {
            if (role.StartsWith(scope + "_", StringComparison.Ordinal))
                return scope;
        }

        return null;
    }

    // A custom role has any name, so that only a built-in role of another level is certainly wrong.
    internal static void CheckRole(string role, string scope)
    {
        var other = ScopeOfRole(role);
        if (other is not null ? other != scope : scope is not ("DEPLOYMENT" or "DAG"))
        {
            var advice = scope switch
            {
                "ORGANIZATION" => "Use ORGANIZATION_OWNER, ORGANIZATION_BILLING_ADMIN, ORGANIZATION_MEMBER, ORGANIZATION_OBSERVE_ADMIN or ORGANIZATION_OBSERVE_MEMBER.",
                "WORKSPACE" => "Use WORKSPACE_OWNER, WORKSPACE_OPERATOR, WORKSPACE_AUTHOR, WORKSPACE_MEMBER or WORKSPACE_ACCESSOR.",
                "DAG" => "Use DAG_VIEWER, DAG_AUTHOR or a custom DAG role.",
                _ => "Use DEPLOYMENT_ADMIN or a custom deployment role.",
            };
            throw Invalid(nameof(Strings.RoleScopeMismatch), Strings.Format(Strings.RoleScopeMismatch, role, scope, advice), role);
        }
    }

    private static AstroException Invalid(string id, string message, string target) => new(id, message, AstroErrorCategory.InvalidArgument, target);
}
