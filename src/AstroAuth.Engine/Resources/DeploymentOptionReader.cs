using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Resources;

/// <summary>Asks what deployments can be made of.</summary>
internal sealed class DeploymentOptionReader
{
    private readonly ApiClient _api;

    internal DeploymentOptionReader(ApiClient api) => _api = api;

    /// <exception cref="AstroException">DeploymentNotFound or AmbiguousName.</exception>
    internal async Task<AstroDeploymentOption> GetAsync(DeploymentOptionQuery query)
    {
        var organization = (await new Organizations(_api).GetCurrentAsync()).Id;
        var filter = new List<KeyValuePair<string, string>>();
        if (query.Deployment is { } deployment)
            filter.Add(new("deploymentId", (await new Places(_api).FindDeploymentAsync(organization, null, deployment)).Id));
        Add("deploymentType", query.Type);
        Add("executor", query.Executor);
        Add("cloudProvider", query.CloudProvider);
        return ToModel(await new DeploymentOptions(_api, organization).GetAsync(filter));

        void Add(string name, string? value)
        {
            if (value is not null)
                filter.Add(new(name, value));
        }
    }

    private static AstroDeploymentOption ToModel(DeploymentOptionsAnswer answer) => new()
    {
        Executors = answer.Executors ?? [],
        RuntimeReleases = answer.RuntimeReleases?.ConvertAll(ToModel) ?? [],
        SchedulerMachines = answer.SchedulerMachines?.ConvertAll(ToModel) ?? [],
        WorkerMachines = answer.WorkerMachines?.ConvertAll(ToModel) ?? [],
        MinWorkers = ToModel(answer.WorkerQueues?.MinWorkers),
        MaxWorkers = ToModel(answer.WorkerQueues?.MaxWorkers),
        WorkerConcurrency = ToModel(answer.WorkerQueues?.WorkerConcurrency),
        DefaultTaskPodCpu = ToModel(answer.ResourceQuotas?.DefaultPodSize?.Cpu),
        DefaultTaskPodMemory = ToModel(answer.ResourceQuotas?.DefaultPodSize?.Memory),
        ResourceQuotaCpu = ToModel(answer.ResourceQuotas?.ResourceQuota?.Cpu),
        ResourceQuotaMemory = ToModel(answer.ResourceQuotas?.ResourceQuota?.Memory),
        WorkloadIdentities = answer.WorkloadIdentityOptions?.ConvertAll(o => new AstroWorkloadIdentityOption { Label = o.Label, Role = o.Role }) ?? [],
    };

    private static AstroRuntimeRelease ToModel(RuntimeReleaseAnswer answer) => new()
    {
        Version = answer.Version,
        AirflowVersion = answer.AirflowVersion,
        Channel = answer.Channel,
        ReleasedOn = answer.ReleaseDate,
        HasAirflowMigration = answer.AirflowDatabaseMigration,
    };

    private static AstroMachine ToModel(MachineAnswer answer) => new()
    {
        Name = answer.Name,
        Cpu = answer.Spec?.Cpu ?? "",
        Memory = answer.Spec?.Memory ?? "",
        EphemeralStorage = answer.Spec?.EphemeralStorage,
        Concurrency = answer.Concurrency is null ? null : ToModel(answer.Concurrency),
    };

    private static AstroRange ToModel(NumberRangeAnswer? range) =>
        range is null ? new("", "", "") : new(Say(range.Floor), Say(range.Ceiling), Say(range.Default));

    private static AstroRange ToModel(TextRangeAnswer? range) => range is null ? new("", "", "") : new(range.Floor, range.Ceiling, range.Default);

    private static string Say(double number) => number.ToString(CultureInfo.InvariantCulture);
}
