using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Which tokens a query wants: what Astro can sort out for it, and the rest here.</summary>
internal sealed class ApiTokenFilter
{
    private readonly ApiTokenQuery _query;
    private readonly DateTimeOffset _now;

    internal ApiTokenFilter(ApiTokenQuery query, DateTimeOffset now)
    {
        _query = query;
        _now = now;
    }

    /// <summary>The parameters that Astro's list understands.</summary>
    internal async Task<List<KeyValuePair<string, string>>> GetParametersAsync(ApiClient api, string organizationId)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        var places = new Places(api);
        string? workspaceId = null;
        if (_query.Workspace is { } workspace)
        {
            workspaceId = (await places.FindWorkspaceAsync(organizationId, workspace)).Id;
            parameters.Add(new("workspaceId", workspaceId));
        }

        if (_query.Deployment is { } deployment)
            parameters.Add(new("deploymentId", (await places.FindDeploymentAsync(organizationId, workspaceId, deployment)).Id));
        if (parameters.Count == 0 && _query.Scope != "ORGANIZATION")
            AddOwnPlace(parameters, api);
        if (_query.Kind is { } kind)
            parameters.Add(new("kind", kind));
        if (_query.Scope == "ORGANIZATION" && parameters.Count == 0)
            parameters.Add(new("includeOnlyOrganizationTokens", "true"));
        return parameters;
    }

    /// <summary>The parameters that list what one entity's tokens are among; an organization needs no id.</summary>
    internal static List<KeyValuePair<string, string>> OwnedBy(string scope, string? entityId) => scope switch
    {
        "WORKSPACE" => [new("workspaceId", entityId!)],
        "DEPLOYMENT" => [new("deploymentId", entityId!)],
        _ => [new("includeOnlyOrganizationTokens", "true")],
    };

    // A narrow credential may list only where it belongs; asking for the whole organization would be refused.
    private static void AddOwnPlace(List<KeyValuePair<string, string>> parameters, ApiClient api)
    {
        var connection = api.Call.Connection;
        var scope = api.Session.Credential.Scope;
        if (scope == "DEPLOYMENT" && connection.Deployment is { } deployment)
            parameters.Add(new("deploymentId", deployment.Id));
        else if (scope == "WORKSPACE" && connection.Workspace is { } workspace)
            parameters.Add(new("workspaceId", workspace.Id));
    }

    internal bool Wants(ApiTokenAnswer token) =>
        (_query.Scope is null || token.Scope == _query.Scope)
        && (_query.NameMatches is null || _query.NameMatches(token.Name))
        && (!_query.NeverExpires || token.EndAt is null)
        && (_query.ExpiringWithin is not { } soon || (token.EndAt is { } end && end - _now <= soon))
        && (_query.UnusedFor is not { } idle || _now - (token.LastUsedAt ?? token.StartAt) >= idle);
}
