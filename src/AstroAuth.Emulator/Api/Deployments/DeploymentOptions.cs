using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deployments;

/// <summary>What a machine has.</summary>
internal sealed record MachineSpec(string Cpu, string Memory, int? Concurrency, string? EphemeralStorage);

/// <summary>A range of numbers.</summary>
internal sealed record NumberRange(int Floor, int Default, int Ceiling);

/// <summary>A machine for schedulers.</summary>
internal sealed record SchedulerMachine(string Name, MachineSpec Spec);

/// <summary>A machine for workers.</summary>
internal sealed record WorkerMachine(string Name, MachineSpec Spec, NumberRange Concurrency);

/// <summary>A range of sizes.</summary>
internal sealed record SizeRange(string Floor, string Default, string Ceiling);

/// <summary>Ranges of vCPU and memory.</summary>
internal sealed record SizeRanges(SizeRange Cpu, SizeRange Memory);

/// <summary>The sizes of pods and of all pods together.</summary>
internal sealed record QuotaOptions(SizeRanges DefaultPodSize, SizeRanges ResourceQuota);

/// <summary>The numbers of a worker queue.</summary>
internal sealed record QueueOptions(NumberRange MinWorkers, NumberRange MaxWorkers, NumberRange WorkerConcurrency);

/// <summary>A workload identity that can be given to a deployment.</summary>
internal sealed record IdentityOption(string Label, string Role);

/// <summary>What a deployment can be made of.</summary>
internal sealed record DeploymentOptionsView(
    IReadOnlyList<string> Executors, IReadOnlyList<RuntimeRelease> RuntimeReleases, IReadOnlyList<SchedulerMachine> SchedulerMachines,
    IReadOnlyList<WorkerMachine> WorkerMachines, QueueOptions WorkerQueues, QuotaOptions ResourceQuotas,
    IReadOnlyList<IdentityOption>? WorkloadIdentityOptions);

/// <summary>The options for deployments.</summary>
internal static class DeploymentOptions
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/organizations/{organizationId}/deployment-options", Get);

    private static IResult Get(HttpContext context, AstroDirectory directory, AccessRules rules)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        var deploymentId = query.Text("deploymentId");
        var type = query.Choice("deploymentType", "HYBRID", "DEDICATED", "STANDARD");
        var executor = query.Choice("executor", "CELERY", "KUBERNETES", "ASTRO");
        query.Choice("cloudProvider", RuntimeCatalog.Clouds);
        query.Done();
        var deployment = deploymentId is null ? null
            : directory.Deployment(organization.Id, deploymentId) is { } found && rules.SeesDeployment(context.Caller(), found) ? found
            : throw ApiProblem.Forbidden("You have no role on this Deployment");
        type ??= deployment?.Type ?? "STANDARD";

        // A deployment is never set back to an older runtime.
        var releases = deployment is null
            ? RuntimeCatalog.Releases
            : RuntimeCatalog.Releases.TakeWhile(r => r.Version != deployment.RuntimeVersion)
                .Append(RuntimeCatalog.Releases.First(r => r.Version == deployment.RuntimeVersion));
        if (executor == "ASTRO")
            releases = releases.Where(r => r.AirflowVersion.StartsWith('3'));
        return Answer.Json(
            new DeploymentOptionsView(
                RuntimeCatalog.ExecutorsOf(type), [.. releases],
                [.. RuntimeCatalog.Schedulers.Select(m => new SchedulerMachine(m.Name, new($"{m.Cpu}", $"{m.MemoryGiB}Gi", null, null)))],
                [.. RuntimeCatalog.Workers.Select(m => new WorkerMachine(
                    m.Name, new($"{m.Cpu}", $"{m.MemoryGiB}Gi", m.DefaultConcurrency, "10Gi"), new(1, m.DefaultConcurrency, m.MostConcurrency)))],
                new(new(0, 0, RuntimeCatalog.MostMinWorkers), new(1, 10, RuntimeCatalog.MostMaxWorkers),
                    new(1, 5, RuntimeCatalog.Workers.Max(m => m.MostConcurrency))),
                new(new(new("0.25", "0.25", "8"), new("0.5Gi", "0.5Gi", "16Gi")),
                    new(new("1", "10", $"{RuntimeCatalog.MostQuotaCpu}"), new("2Gi", "20Gi", $"{2 * RuntimeCatalog.MostQuotaCpu}Gi"))),
                null),
            EmulatorJson.Default.DeploymentOptionsView);
    }
}
