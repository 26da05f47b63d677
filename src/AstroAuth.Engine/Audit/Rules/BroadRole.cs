using System.Linq;

namespace AstroAuth.Engine.Audit.Rules;

/// <summary>An owner's or admin's role. Whether less would do cannot be known from here, so that it is no more than a hint.</summary>
internal sealed class BroadRole : SingleTokenRule
{
    internal BroadRole()
        : base(
            nameof(BroadRole),
            AstroFindingSeverity.Information,
            "owner or admin role",
            "Whoever has the value can do everything there: delete deployments, read variables, make more tokens. Few programs need that.",
            "Create a token with a narrower role and let it take over. WORKSPACE_AUTHOR deploys code, WORKSPACE_OPERATOR manages deployments and Workspace tokens, and a custom deployment role can do less than DEPLOYMENT_ADMIN. If it needs the role, exclude it from this rule.")
    {
    }

    internal override bool IsBroken(AuditedToken token, AuditContext context)
    {
        var any = false;
        foreach (var role in token.Token.Roles)
            any |= IsBroad(role);
        return any;
    }

    internal override string Say(AuditedToken token, AuditContext context) =>
        $"It has the role {string.Join(" and ", token.Token.Roles.Where(IsBroad).Select(r => r.Role).Distinct())}.";

    private static bool IsBroad(AstroTokenRole role) => role.Role is "ORGANIZATION_OWNER" or "WORKSPACE_OWNER" or "DEPLOYMENT_ADMIN";
}
