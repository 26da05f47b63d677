using System.IO;
using AstroAuth.Engine.Audit;
using AstroAuth.Engine.Tests.Engine;

namespace AstroAuth.Engine.Tests.Audit;

/// <summary>For each rule: a token or machine that breaks it, and ones that come close and do not.</summary>
internal static class AuditCase
{
    internal const string Organization = "corg00000000000000000000a";
    internal const string Workspace = "cworkspace00000000000000a";
    private const string OtherWorkspace = "cworkspace00000000000000b";

    internal static readonly AuditedMachine CleanMachine = new(_ => null, Path.Combine(Path.GetTempPath(), "no-such-folder", "config.yaml"));

    private static int s_made;

    /// <summary>A token against which there is nothing.</summary>
    internal static AstroApiToken Good(Action<AstroApiToken>? change = null)
    {
        var number = Interlocked.Increment(ref s_made);
        var token = new AstroApiToken
        {
            Id = $"ctoken{number:0000000000000000000}", Name = $"good-{number}", Scope = "WORKSPACE", Kind = "STANDARD", OrganizationId = Organization,
            Roles = Roles(("WORKSPACE", Workspace, "WORKSPACE_AUTHOR")), CreatedOn = Days(-30), StartsOn = Days(-30), ExpiresOn = Days(60),
            DaysLeft = 60, ExpiryPeriodInDays = 90, LastUsedOn = Days(-1), UpdatedOn = Days(-30), CreatedBy = Person("u-here", "lena.brandt@northwind.example", "Lena Brandt"),
        };
        change?.Invoke(token);
        return token;
    }

    internal static AstroTokenRoleList Roles(params (string Type, string Id, string Role)[] roles) =>
        new([.. roles.Select(r => new AstroTokenRole { EntityType = r.Type, EntityId = r.Id, Role = r.Role })]);

    internal static AstroSubject Person(string id, string username, string fullName) => new() { Id = id, SubjectType = "USER", Username = username, FullName = fullName };

    internal static DateTimeOffset Days(double days) => Forge.Now.AddDays(days);

    /// <summary>Tokens that break the rule; all are tested in one audit, in this order, and the last must break it.</summary>
    internal static AstroApiToken[] Breaking(string rule) => rule switch
    {
        "NeverExpires" => [Good(Endless)],
        "ExpiresSoon" => [Good(t => t.ExpiresOn = Days(14))],
        "Expired" => [Good(t => t.ExpiresOn = Forge.Now)],
        "LongPeriod" => [Good(t => (t.ExpiryPeriodInDays, t.ExpiresOn) = (366, Days(336)))],
        "NotRotated" => [Good(t => t.StartsOn = Days(-180))],
        "NeverUsed" => [Good(t => (t.LastUsedOn, t.StartsOn) = (null, Days(-14)))],
        "Unused" => [Good(t => t.LastUsedOn = Days(-90))],
        "BroadRole" => [Good(t => t.Roles = Roles(("WORKSPACE", Workspace, "WORKSPACE_OWNER")))],
        "BroadScope" => [OfOrganization(("WORKSPACE", Workspace, "WORKSPACE_AUTHOR"), ("DEPLOYMENT", "d1", "DAG Deployer"))],
        "CreatorLeft" => [Good(t => t.CreatedBy = Person("u-gone", "ines.costa@northwind.example", "Ines Costa"))],
        "DuplicateName" => [Good(t => t.Name = "nightly"), Good(t => t.Name = "Nightly")],
        "PersonalName" => [Good(t => t.Name = "lena-laptop")],
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Every rule has a token that breaks it."),
    };

    /// <summary>Tokens that come close; none may break the rule.</summary>
    internal static AstroApiToken[] Keeping(string rule) => rule switch
    {
        "NeverExpires" => [Good(t => t.ExpiresOn = Days(3600))],
        "ExpiresSoon" => [Good(t => t.ExpiresOn = Days(14.01)), Good(t => (t.ExpiresOn, t.Description) = (Days(1), "ours [astroauth:retire at=2026-11-25T00:00Z by=c1]")), Good(t => t.ExpiresOn = Days(-1)), Good(Endless)],
        "Expired" => [Good(t => t.ExpiresOn = Forge.Now.AddSeconds(1)), Good(Endless)],
        "LongPeriod" => [Good(t => (t.ExpiryPeriodInDays, t.ExpiresOn) = (365, Days(335))), Good(Endless), Good(t => (t.ExpiryPeriodInDays, t.ExpiresOn) = (null, Days(335)))],
        "NotRotated" => [Good(t => t.StartsOn = Days(-179.9)), Good(t => (t.StartsOn, t.LastRotatedOn) = (Days(-400), Days(-2))), Good(t => (t.StartsOn, t.Description) = (Days(-400), "[astroauth:retire at=x by=y]"))],
        "NeverUsed" => [Good(t => (t.LastUsedOn, t.StartsOn) = (null, Days(-13.9))), Good(t => (t.LastUsedOn, t.StartsOn, t.CreatedOn) = (null, Days(10), Days(-300))), Good(t => t.StartsOn = Days(-100))],
        "Unused" => [Good(t => t.LastUsedOn = Days(-89.9)), Good(t => t.LastUsedOn = null)],
        "BroadRole" => [Good(), Good(t => t.Roles = Roles(("WORKSPACE", Workspace, "WORKSPACE_OPERATOR")))],
        "BroadScope" =>
        [
            Good(), OfOrganization(), OfOrganization(("WORKSPACE", Workspace, "WORKSPACE_AUTHOR"), ("WORKSPACE", OtherWorkspace, "WORKSPACE_AUTHOR")),
            OfOrganization(("WORKSPACE", OtherWorkspace, "WORKSPACE_AUTHOR"), ("DEPLOYMENT", "d1", "DAG Deployer")),
            OfOrganization(("DEPLOYMENT", "d1", "DAG Deployer"), ("DEPLOYMENT", "d-unknown", "DAG Deployer")),
            OfOrganization(("DEPLOYMENT", "d1", "DAG Deployer"), ("DAG", "daily", "DAG_VIEWER")),
        ],
        "CreatorLeft" => [Good(), Good(t => t.CreatedBy = null), Good(t => t.CreatedBy = new AstroSubject { Id = "t-9", SubjectType = "SERVICEKEY", ApiTokenName = "terraform" })],
        "DuplicateName" =>
        [
            Good(t => t.Name = "twice"), Good(t => (t.Name, t.Roles) = ("twice", Roles(("WORKSPACE", OtherWorkspace, "WORKSPACE_AUTHOR")))),
            Good(t => (t.Name, t.Description) = ("twice", "[astroauth:successor of=c1 run=r]")), Good(t => (t.Name, t.Description) = ("twice", "mine [astroauth:retire at=x by=y] too")),
        ],
        "PersonalName" => [Good(t => t.Name = "github-actions"), Good(t => t.Name = "lenabot"), Good(t => (t.Name, t.CreatedBy) = ("lena", null)), Good(t => t.Name = "prod@eu".Replace("eu", "", StringComparison.Ordinal))],
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Every rule has tokens that keep it."),
    };

    private static void Endless(AstroApiToken token) => (token.ExpiresOn, token.ExpiryPeriodInDays, token.DaysLeft) = (null, null, null);

    private static AstroApiToken OfOrganization(params (string Type, string Id, string Role)[] more) => Good(t =>
        (t.Scope, t.Roles) = ("ORGANIZATION", Roles([("ORGANIZATION", Organization, "ORGANIZATION_MEMBER"), .. more])));
}
