using System.Security.Cryptography;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Seed;

/// <summary>A small organization that could exist, and a foreign one.</summary>
internal static class SeedDirectory
{
    public static readonly string Home = Cuid.Stable("organization/northwind");
    public static readonly string Foreign = Cuid.Stable("organization/fabrikam");
    public static readonly string DataPlatform = Cuid.Stable("workspace/data-platform");
    public static readonly string Analytics = Cuid.Stable("workspace/analytics");
    public static readonly string SalesEtl = Cuid.Stable("deployment/sales-etl");
    public static readonly string Ingest = Cuid.Stable("deployment/ingest");
    public static readonly string Reporting = Cuid.Stable("deployment/reporting");
    public static readonly string Sandbox = Cuid.Stable("deployment/sandbox");
    private static readonly string s_foreignWorkspace = Cuid.Stable("workspace/fabrikam-main");
    private static readonly string s_foreignDeployment = Cuid.Stable("deployment/fabrikam-main");

    public static AstroDirectory Create(DateTimeOffset now)
    {
        var users = Users(now);
        var owner = users[0].Profile;
        var outsider = users[^1].Profile;
        return new(
            [
                new(Home, "org_Northwind4aK2pQ", "Northwind Traders", now.AddDays(-900), owner),
                new(Foreign, "org_Fabrikam9zR7mW", "Fabrikam", now.AddDays(-400), outsider),
            ],
            [
                new(DataPlatform, Home, "Data Platform", "Pipelines that feed everything else", true, now.AddDays(-890), owner),
                new(Analytics, Home, "Analytics", "Reports and experiments", false, now.AddDays(-610), owner),
                new(s_foreignWorkspace, Foreign, "Fabrikam Main", "", false, now.AddDays(-399), outsider),
            ],
            [
                Deployment(SalesEtl, DataPlatform, "sales-etl", "stellar-orbit-1204", "HEALTHY", "3.1-4", "3.1.2", true, false, 420, 1),
                Deployment(Ingest, DataPlatform, "ingest-legacy", "ancient-comet-7731", "UNHEALTHY", "12.11.0", "2.10.5", false, false, 880, 60),
                Deployment(Reporting, Analytics, "reporting", "lunar-tide-4410", "DEPLOYING", "3.0-11", "3.0.6", false, false, 200, 0),
                Deployment(Sandbox, Analytics, "sandbox", "quiet-nebula-0093", "HIBERNATING", "3.1-4", "3.1.2", false, true, 35, 3),
                Deployment(s_foreignDeployment, s_foreignWorkspace, "fabrikam-etl", "distant-star-5555", "HEALTHY", "3.1-4", "3.1.2", false, false, 90, 9)
                    with { OrganizationId = Foreign, CreatedBy = outsider, UpdatedBy = outsider },
            ],
            users,
            new RoleStore(
            [
                Custom("DAG Deployer", "Deploys DAGs and nothing else", "DEPLOYMENT", "deployment.get", "deployment.deploys.create"),
                Custom("Token Keeper", "Looks after a Deployment's API tokens", "DEPLOYMENT", "deployment.get", "deployment.apiTokens.get",
                    "deployment.apiTokens.create", "deployment.apiTokens.update", "deployment.apiTokens.delete", "deployment.apiTokens.rotate"),
                Custom("Run Watcher", "Sees the runs of a DAG", "DAG", "dag.get", "dag.dagRun.get"),
            ]),
            new(Cuid.Stable("legacy-key"), RandomNumberGenerator.GetHexString(40, lowercase: true), SalesEtl))
        {
            Clusters = [Cluster("northwind-dedicated", "DEDICATED", "us-east-1"), Cluster("northwind-hybrid", "HYBRID", "us-west-2")],
        };

        Deployment Deployment(
            string id, string workspaceId, string name, string space, string status, string runtime, string airflow, bool cicd, bool dev,
            int createdDaysAgo, int updatedDaysAgo)
        {
            var updated = now.AddDays(-updatedDaysAgo).AddMinutes(-7);
            return new()
            {
                Id = id, OrganizationId = Home, WorkspaceId = workspaceId, Name = name, Namespace = space, RuntimeVersion = runtime,
                AirflowVersion = airflow, Executor = dev ? "ASTRO" : "CELERY", IsCicdEnforced = cicd, IsDagDeployEnabled = true,
                IsDevelopmentMode = dev, IsHighAvailability = !dev, SchedulerSize = "SMALL", CloudProvider = "AWS", Region = "us-east-1",
                DefaultTaskPodCpu = "0.25", DefaultTaskPodMemory = "0.5Gi", ResourceQuotaCpu = "10", ResourceQuotaMemory = "20Gi",
                WorkerQueues = [new(Cuid.Stable("queue/" + id), "default", true, 0, 10, 5, "A5", null, null)],
                ContactEmails = ["data-oncall@northwind.example"],
                Variables =
                [
                    new("AIRFLOW__CORE__PARALLELISM", "64", false, updated), new("WAREHOUSE_PASSWORD", "seeded " + name, true, updated),
                ],
                Schedules = dev ? [new("0 18 * * 1-5", "0 7 * * 1-5", false, "Nights")] : [],
                Override = status == "HIBERNATING" ? new(true, null) : null, SchedulesFrom = updated,
                ImageTag = "deploy-" + updated.ToString("yyyy-MM-dd'T'HH-mm", CultureInfo.InvariantCulture),
                Dags = new(TarballVersion(updated), DateTimeOffset.MinValue, null),
                Phases = status == "DEPLOYING" ? [new(status, now.AddMinutes(10))] : [],
                Forced = status == "UNHEALTHY" ? new(status, "The scheduler has not sent a heartbeat for 4 minutes") : null,
                CreatedAt = now.AddDays(-createdDaysAgo), UpdatedAt = updated, CreatedBy = owner, UpdatedBy = owner,
            };
        }

        Cluster Cluster(string name, string type, string region)
        {
            var id = Cuid.Stable("cluster/" + name);
            return new(id, Home, name, type, "AWS", region, type == "DEDICATED" ? [] : [Pool("default", true), Pool("big", false)], now.AddDays(-800));

            NodePool Pool(string pool, bool isDefault) => new(
                Cuid.Stable($"pool/{name}/{pool}"), id, pool, "AWS", isDefault ? "m5.xlarge" : "m5.4xlarge", 20, isDefault, [],
                now.AddDays(-800), now.AddDays(-800));
        }

        CustomRole Custom(string name, string description, string scope, params string[] permissions) => new(
            Cuid.Stable("role/" + name), Home, name, description, scope, permissions, [], now.AddDays(-300), owner, now.AddDays(-300), owner);
    }

    public static string TarballVersion(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static User[] Users(DateTimeOffset now)
    {
        return
        [
            User("amara.okafor", "Amara Okafor", 900, On("ORGANIZATION", Home, "ORGANIZATION_OWNER")),
            User("lena.brandt", "Lena Brandt", 700, Member, On("WORKSPACE", DataPlatform, "WORKSPACE_OWNER")),
            User("ravi.menon", "Ravi Menon", 500, Member, On("WORKSPACE", DataPlatform, "WORKSPACE_OPERATOR"),
                On("WORKSPACE", Analytics, "WORKSPACE_AUTHOR")),
            User("sofia.reyes", "Sofia Reyes", 350, On("ORGANIZATION", Home, "ORGANIZATION_BILLING_ADMIN"),
                On("WORKSPACE", Analytics, "WORKSPACE_OWNER")) with { Invitations = [To(Foreign, 3)] },
            User("tom.ellis", "Tom Ellis", 120, Member, On("WORKSPACE", Analytics, "WORKSPACE_MEMBER"),
                On("DEPLOYMENT", SalesEtl, "DAG Deployer")),
            // Has left, and still stands as the creator of tokens.
            User("ines.costa", "Ines Costa", 820) with { Status = "INACTIVE" },
            User("mila.novak", "Mila Novak", 0) with { OrganizationId = "", Invitations = [To(Home, 5)] },
            User("otto.vance", "Otto Vance", 400, On("ORGANIZATION", Foreign, "ORGANIZATION_OWNER")) with
            {
                Email = "otto.vance@fabrikam.example", OrganizationId = Foreign,
            },
        ];

        User User(string login, string name, int daysAgo, params RoleEntry[] roles) => new(
            Cuid.Stable("user/" + login), "auth0|" + Cuid.Stable("login/" + login), login + "@northwind.example", name,
            "emulator-" + login, "ACTIVE", Home, roles, now.AddDays(-daysAgo));

        Invitation To(string organizationId, int days) => new(Cuid.Stable("invitation/" + organizationId), organizationId, now.AddDays(days));
    }

    private static RoleEntry Member => On("ORGANIZATION", Home, "ORGANIZATION_MEMBER");

    private static RoleEntry On(string type, string id, string role) => new(type, id, role);
}
