namespace AstroAuth.Emulator.Store;

/// <summary>A version of Astro Runtime.</summary>
internal sealed record RuntimeRelease(
    string Version, string AirflowVersion, string Channel, DateTimeOffset ReleaseDate, bool AirflowDatabaseMigration,
    bool StellarDatabaseMigration);

/// <summary>A machine: what a worker or a scheduler gets.</summary>
internal sealed record Machine(string Name, int Cpu, int MemoryGiB, int DefaultConcurrency)
{
    public int MostConcurrency => 3 * DefaultConcurrency;
}

/// <summary>What a deployment can be made of.</summary>
internal static class RuntimeCatalog
{
    public const int MostMinWorkers = 20;
    public const int MostMaxWorkers = 30;
    public const int MostEphemeralGiB = 100;
    public const int MostQuotaCpu = 6400;

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<RuntimeRelease> Releases { get; } =
    [
        Release("3.1-4", "3.1.2", 2025, 11, true), Release("3.1-1", "3.1.0", 2025, 9, true), Release("3.0-11", "3.0.6", 2025, 9, false),
        Release("13.2.0", "2.11.0", 2025, 7, true), Release("12.11.0", "2.10.5", 2025, 6, false), Release("12.1.0", "2.10.1", 2024, 9, true),
    ];

    public static IReadOnlyList<Machine> Workers { get; } =
    [
        new("A5", 1, 2, 5), new("A10", 2, 4, 10), new("A20", 4, 8, 20), new("A40", 8, 16, 40), new("A60", 12, 24, 60),
        new("A120", 24, 48, 120), new("A160", 32, 64, 160),
    ];

    public static IReadOnlyList<Machine> Schedulers { get; } =
        [new("SMALL", 1, 2, 0), new("MEDIUM", 2, 4, 0), new("LARGE", 4, 8, 0), new("EXTRA_LARGE", 8, 16, 0)];

    public static IReadOnlyList<string> Clouds { get; } = ["AWS", "AZURE", "GCP"];

    public static IReadOnlyList<string> ExecutorsOf(string type) =>
        type == "HYBRID" ? ["CELERY", "KUBERNETES"] : ["CELERY", "KUBERNETES", "ASTRO"];

    private static RuntimeRelease Release(string version, string airflow, int year, int month, bool migrates) =>
        new(version, airflow, "stable", new DateTimeOffset(year, month, 15, 9, 0, 0, TimeSpan.Zero), migrates, false);
}
