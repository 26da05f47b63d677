using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Control;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Seed;

/// <summary>The API tokens that a grown organization has: good ones, forgotten ones and dangerous ones.</summary>
internal static class SeedTokens
{
    private const int Amara = 0, Lena = 1, Ravi = 2, Sofia = 3, Ines = 5;

    private static readonly string s_home = SeedDirectory.Home;
    private static readonly string s_data = SeedDirectory.DataPlatform;
    private static readonly string s_analytics = SeedDirectory.Analytics;
    private static readonly string s_sales = SeedDirectory.SalesEtl;

    private static readonly SeedToken[] s_known =
    [
        Organization("platform-automation", "ORGANIZATION_OWNER", 40, 90) with { Key = "organizationOwner", UsedDaysAgo = 0.1 },
        Organization("inventory-reader", "ORGANIZATION_MEMBER", 20, 365) with { Key = "organizationMember", UsedDaysAgo = 2 },
        Workspace("data-platform-admin", s_data, "WORKSPACE_OWNER", 30, 90) with { Key = "workspaceOwner", UsedDaysAgo = 1, Creator = Lena },
        Workspace("data-platform-ops", s_data, "WORKSPACE_OPERATOR", 10, 60) with { Key = "workspaceOperator", UsedDaysAgo = 0.5, Creator = Lena },
        Workspace("github-actions", s_data, "WORKSPACE_AUTHOR", 60, 180) with { Key = "workspaceAuthor", UsedDaysAgo = 0.02, Creator = Ravi },
        Workspace("status-board", s_data, "WORKSPACE_MEMBER", 15, 90) with { Key = "workspaceMember", UsedDaysAgo = 0.2, Creator = Ravi },
        Deployment("sales-etl-admin", s_sales, "DEPLOYMENT_ADMIN", 25, 90) with { Key = "deploymentAdmin", UsedDaysAgo = 3, Creator = Lena },
        Deployment("sales-etl-deploy", s_sales, "DAG Deployer", 5, 90) with { Key = "deploymentDeployer", UsedDaysAgo = 0.3, Creator = Lena },
        Workspace("quarterly-import", s_data, "WORKSPACE_AUTHOR", 98, 90) with { Key = "expired", UsedDaysAgo = 9, Creator = Ravi },
        Workspace("next-month", s_data, "WORKSPACE_AUTHOR", -30, 90) with { Key = "notYetValid", Creator = Ravi },
    ];

    private static readonly SeedToken[] s_others =
    [
        Organization("bootstrap", "ORGANIZATION_OWNER", 850, null) with
        {
            UsedDaysAgo = 400, Creator = Ines, Description = "made when the account was set up",
        },
        Organization("terraform", "ORGANIZATION_OWNER", 300, null) with { UsedDaysAgo = 0.4, Description = "all of our Terraform" },
        Organization("billing-export", "ORGANIZATION_BILLING_ADMIN", 80, 365) with { UsedDaysAgo = 1, Creator = Sofia },
        Organization("observe-collector", "ORGANIZATION_OBSERVE_MEMBER", 44, 365) with { UsedDaysAgo = 0.1 },
        Organization("audit-2023", "ORGANIZATION_MEMBER", 700, 365) with { UsedDaysAgo = 380, Creator = Ines },
        Organization("cross-team-deployer", "ORGANIZATION_MEMBER", 90, 180) with
        {
            UsedDaysAgo = 2,
            Description = "one token for several teams",
            MoreRoles =
            [
                new("WORKSPACE", SeedDirectory.DataPlatform, "WORKSPACE_AUTHOR"),
                new("WORKSPACE", SeedDirectory.Analytics, "WORKSPACE_OPERATOR"),
                new("DEPLOYMENT", SeedDirectory.SalesEtl, "DEPLOYMENT_ADMIN"),
            ],
        },
        Organization("dag-watcher", "ORGANIZATION_MEMBER", 12, 90) with
        {
            UsedDaysAgo = 0.6,
            MoreRoles =
            [
                new("DEPLOYMENT", SeedDirectory.SalesEtl, "DAG Deployer"),
                new("DAG", "daily_sales", "DAG_VIEWER", SeedDirectory.SalesEtl),
                new("DAG_TAG", "finance", "Run Watcher", SeedDirectory.SalesEtl),
            ],
        },
        Workspace("azure-devops", s_data, "WORKSPACE_OWNER", 200, null) with { UsedDaysAgo = 0.1, Creator = Ines, Description = "CI" },
        Workspace("nightly-backfill", s_data, "WORKSPACE_AUTHOR", 87, 90) with { UsedDaysAgo = 0.9, Creator = Ravi },
        Workspace("airbyte", s_data, "WORKSPACE_AUTHOR", 360, 365) with { UsedDaysAgo = 0.3, Creator = Lena },
        Workspace("old-jenkins", s_data, "WORKSPACE_OPERATOR", 500, null) with { UsedDaysAgo = 190, Creator = Ines },
        Workspace("rotation-robot", s_data, "WORKSPACE_OPERATOR", 120, 30) with { UsedDaysAgo = 0.1, RotatedDaysAgo = 2, Creator = Lena },
        Workspace("never-used", s_data, "WORKSPACE_MEMBER", 150, 365) with { Creator = Ravi },
        Workspace("dbt-cloud", s_analytics, "WORKSPACE_AUTHOR", 55, 60) with { UsedDaysAgo = 0.7, Creator = Sofia },
        Workspace("dashboards", s_analytics, "WORKSPACE_MEMBER", 33, 365) with { UsedDaysAgo = 0.1, Creator = Sofia },
        Workspace("workshop", s_analytics, "WORKSPACE_OWNER", 45, 14) with { UsedDaysAgo = 38, Creator = Sofia },
        Deployment("airflow-trigger", s_sales, "DEPLOYMENT_ADMIN", 70, 365) with
        {
            Kind = "DIRECT_ACCESS", UsedDaysAgo = 0.01, Creator = Lena, Description = "calls the Airflow API",
        },
        Deployment("airflow-probe", SeedDirectory.Reporting, "DEPLOYMENT_ADMIN", 21, 30) with
        {
            Kind = "DIRECT_ACCESS", UsedDaysAgo = 0.2, Creator = Sofia,
        },
        Deployment("ingest-legacy-deploy", SeedDirectory.Ingest, "DEPLOYMENT_ADMIN", 650, null) with { UsedDaysAgo = 61, Creator = Ines },
        Deployment("reporting-deploy", SeedDirectory.Reporting, "DAG Deployer", 18, 90) with { UsedDaysAgo = 0.5, Creator = Sofia },
        Deployment("sandbox-trial", SeedDirectory.Sandbox, "DEPLOYMENT_ADMIN", 34, 30) with { UsedDaysAgo = 30, Creator = Sofia },
        Deployment("token-keeper", s_sales, "Token Keeper", 8, 90) with { RotatedDaysAgo = 0.5, UsedDaysAgo = 0.5, Creator = Lena },
    ];

    /// <summary>Adds the seed and gives back the tokens that programs may use.</summary>
    public static IReadOnlyDictionary<string, SampleToken> AddTo(
        TokenStore tokens, AstroDirectory directory, TokenMint mint, DateTimeOffset now)
    {
        foreach (var token in s_others)
            token.AddTo(tokens, directory, mint, now);
        return s_known.ToDictionary(t => t.Key!, t => t.AddTo(tokens, directory, mint, now)!);
    }

    /// <summary>Adds many plain tokens for load; they have no values, so no time goes into signing.</summary>
    public static void AddMany(TokenStore tokens, AstroDirectory directory, DateTimeOffset now, int count)
    {
        var creator = directory.Users[Amara].Profile;
        RoleEntry[] owners =
        [
            new("WORKSPACE", s_data, "WORKSPACE_AUTHOR"), new("WORKSPACE", s_analytics, "WORKSPACE_MEMBER"),
            new("DEPLOYMENT", s_sales, "DEPLOYMENT_ADMIN"), new("ORGANIZATION", s_home, "ORGANIZATION_MEMBER"),
        ];
        for (var i = 0; i < count; i++)
        {
            var owner = owners[i % owners.Length];
            var start = now.AddHours(-(i % 8000));
            var days = i % 5 == 0 ? (int?)null : 30 + i % 700;
            tokens.Add(new ApiToken
            {
                Id = Cuid.Stable($"load/{i}"), OrganizationId = s_home, Name = $"load-{i:00000}", Scope = owner.EntityType,
                ShortToken = $"eyJhbG...{i % 10000:0000}", StartAt = start, EndAt = days is { } d ? start.AddDays(d) : null,
                ExpiryPeriodInDays = days, CreatedAt = start, UpdatedAt = start, LastUsedAt = i % 3 == 0 ? null : start.AddHours(1),
                Roles = [owner], CreatedBy = creator, UpdatedBy = creator,
            }, value: null);
        }
    }

    private static SeedToken Organization(string name, string role, int daysAgo, int? days) => new(name, "ORGANIZATION", s_home, role, daysAgo, days);

    private static SeedToken Workspace(string name, string id, string role, int daysAgo, int? days) => new(name, "WORKSPACE", id, role, daysAgo, days);

    private static SeedToken Deployment(string name, string id, string role, int daysAgo, int? days) => new(name, "DEPLOYMENT", id, role, daysAgo, days);
}
