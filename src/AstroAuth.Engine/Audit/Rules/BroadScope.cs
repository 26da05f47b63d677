using System;
using System.Collections.Generic;
using System.Linq;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>An Organization API token whose other roles are all in one workspace: a Workspace or Deployment API token would do.</summary>
internal sealed class BroadScope : TokenRule
{
    internal BroadScope()
        : base(
            nameof(BroadScope),
            AstroFindingSeverity.Warning,
            "organization token for one workspace",
            "Besides its work in one workspace, it can see or change the organization. Only an Organization Owner can rotate or delete it.",
            "Create a Workspace or Deployment API token with the same role there (New-AstroApiToken -Workspace or -Deployment), let it take over, and delete this one: Remove-AstroApiToken -Id {id}")
    {
    }

    internal override LookUp MayNeed => LookUp.Deployments;

    // Only roles on deployments leave open which workspace they are in, and one place alone leaves nothing open.
    internal override LookUp Needs(AuditedToken token) =>
        Narrow(token.Token) is { Count: > 1 } roles && roles.Exists(r => r.EntityType == "DEPLOYMENT") ? LookUp.Deployments : LookUp.None;

    internal override AstroTokenFinding? Find(AuditedToken token, AuditContext context) =>
        Test(token, context) is { } message ? Finding(message, token.Token) : null;

    private static string? Test(AuditedToken token, AuditContext context)
    {
        if (Narrow(token.Token) is not { Count: > 0 } roles)
            return null;
        var held = token.Token.Roles.Where(r => r.EntityType == "ORGANIZATION").Select(r => r.Role).FirstOrDefault() ?? "a role";
        if (roles.Select(r => r.EntityId).Distinct().Count() == 1)
            return $"It belongs to the organization ({held}), but its other roles touch one {roles[0].EntityType.ToLowerInvariant()} only ({roles[0].EntityId}).";

        var workspaces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            if (role.EntityType == "WORKSPACE")
                workspaces.Add(role.EntityId);
            else if (context.WorkspaceOfDeployment is { } known && known.TryGetValue(role.EntityId, out var workspace))
                workspaces.Add(workspace);
            else
                return null;
        }

        return workspaces.Count == 1
            ? $"It belongs to the organization ({held}), but its other roles touch one workspace only ({workspaces.First()})."
            : null;
    }

    // Roles on single DAGs are given to Organization API tokens only, so that there is nothing narrower.
    private static List<AstroTokenRole>? Narrow(AstroApiToken token)
    {
        if (token.Scope != "ORGANIZATION" || token.Roles.Count < 2 || token.Roles.Any(r => r.EntityType is "DAG" or "DAG_TAG"))
            return null;
        return token.Roles.Where(r => r.EntityType is "WORKSPACE" or "DEPLOYMENT").ToList();
    }
}
