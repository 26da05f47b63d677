using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Seed;

/// <summary>The DAGs, runs and deploys that are there at the start.</summary>
internal static class SeedDags
{
    private const int DailyRuns = 14;

    public static void AddTo(AstroDirectory directory, AirflowStore airflow, DeployStore deploys, DateTimeOffset now)
    {
        foreach (var deployment in directory.Deployments)
        {
            airflow.Seed(deployment.Id, Dags(deployment.Id));
            AddDeploys(deployment, deploys, now);
            foreach (var dag in Dags(deployment.Id).Where(d => d.Schedule == "0 5 * * *"))
            {
                for (var day = DailyRuns; day > 0; day--)
                    airflow.AddPast(deployment.Id, Run(dag, new DateTimeOffset(now.UtcDateTime.Date.AddDays(-day).AddHours(5), TimeSpan.Zero), day));
            }
        }
    }

    private static Dag[] Dags(string deploymentId) =>
        deploymentId == SeedDirectory.SalesEtl ?
        [
            Dag("daily_sales", "0 5 * * *", "finance", "daily") with { Description = "Loads yesterday's sales", IsPaused = false },
            Dag("monthly_close", "0 3 1 * *", "finance") with { IsPaused = false },
            Dag("customer_import", null, "crm") with { IsPaused = false, Description = "Runs when the CRM asks for it" },
            Dag("experiment_prices", null),
        ]
        : deploymentId == SeedDirectory.Ingest ?
        [
            Dag("ingest_orders", "0 5 * * *", "daily") with { IsPaused = false },
            Dag("ingest_returns", "*/30 * * * *") with { IsPaused = false },
            Dag("old_migration", null),
        ]
        : [Dag("hello", null) with { IsPaused = false }];

    private static Dag Dag(string id, string? schedule, params string[] tags) => new()
    {
        Id = id, FilePath = $"dags/{id}.py", Schedule = schedule, Tags = tags, Owners = ["data-platform"],
    };

    private static DagRun Run(Dag dag, DateTimeOffset due, int day) => new()
    {
        Id = "scheduled__" + due.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture), DagId = dag.Id, Type = "scheduled",
        LogicalDate = due.AddDays(-1), IntervalStart = due.AddDays(-1), IntervalEnd = due, QueuedAt = due, StartsAt = due.AddSeconds(3),
        Length = TimeSpan.FromSeconds(200 + 13 * day), Fails = day == 6, ConfJson = "{}",
    };

    private static void AddDeploys(Deployment deployment, DeployStore deploys, DateTimeOffset now)
    {
        if (deployment.Id != SeedDirectory.SalesEtl)
            return;
        deploys.Add(Deploy(deployment, "image", "IMAGE_AND_DAG", 30, now) with { Description = "Runtime 3.1-4", Git = Git("5a1c0de9b7f34e6a8d2b1c3f4e5d6a7b8c9d0e1f") });
        deploys.Add(Deploy(deployment, "dags", "DAG_ONLY", 1, now) with
        {
            Description = "Round sums as the bank does", DagTarballVersion = deployment.Dags.Version, Git = Git("c0ffee12d3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8"),
        });
    }

    private static Deploy Deploy(Deployment deployment, string name, string type, int daysAgo, DateTimeOffset now)
    {
        var at = now.AddDays(-daysAgo).AddMinutes(-9);
        var by = new Subject(Cuid.Stable("token/github-actions"), "SERVICEKEY", ApiTokenName: "github-actions");
        return new()
        {
            Id = Cuid.Stable($"deploy/{deployment.Name}/{name}"), DeploymentId = deployment.Id, Type = type, Status = "DEPLOYED",
            ImageTag = deployment.ImageTag, IsDagDeployEnabled = true, AirflowVersion = deployment.AirflowVersion,
            RuntimeVersion = deployment.RuntimeVersion, DagTarballVersion = SeedDirectory.TarballVersion(at), CreatedAt = at, UpdatedAt = at,
            CreatedBy = by, UpdatedBy = by,
        };
    }

    private static DeployGit Git(string sha) => new(
        "GITHUB", sha, "northwind", "airflow-sales", "main", "dags", "https://github.com/northwind/airflow-sales/commit/" + sha, null, null,
        "Ravi Menon", "rmenon", "https://github.com/rmenon");
}
