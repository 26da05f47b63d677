using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>A worker queue of a deployment.</summary>
internal sealed record WorkerQueueView(
    string Id, string Name, bool IsDefault, int MinWorkerCount, int MaxWorkerCount, int WorkerConcurrency, string AstroMachine,
    string PodCpu, string PodMemory);

/// <summary>A deployment as the API shows it; its Airflow addresses point back at the emulator.</summary>
internal sealed record DeploymentView(
    string Id, string Name, string Namespace, string OrganizationId, string WorkspaceId, string? WorkspaceName, string Status, string Type,
    string Executor, string CloudProvider, string Region, string AirflowVersion, string AstroRuntimeVersion, string RuntimeVersion,
    string ImageRepository, string ImageTag, bool IsCicdEnforced, bool IsDagDeployEnabled, bool IsDevelopmentMode, bool IsHighAvailability,
    string SchedulerSize, string SchedulerCpu, string SchedulerMemory, int SchedulerReplicas, string WebServerCpu, string WebServerMemory,
    string WebServerIngressHostname, string WebServerUrl, string WebServerAirflowApiUrl, string ApiUrl, string UiUrl,
    string? DagTarballVersion, string? DesiredDagTarballVersion, string? StatusReason,
    IReadOnlyList<WorkerQueueView> WorkerQueues, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, Subject CreatedBy, Subject UpdatedBy)
{
    public static DeploymentView Of(Deployment d, Workspace? workspace, DeploymentLife life, HttpRequest request)
    {
        var host = request.Host.Value!;
        var root = $"{host}/airflow/{d.Namespace}";
        var api = $"{root}/api/{(d.IsAirflow2 ? "v1" : "v2")}";
        var (status, reason) = life.StatusOf(d);
        return new(
            d.Id, d.Name, d.Namespace, d.OrganizationId, d.WorkspaceId, workspace?.Name, status, "STANDARD", d.Executor, "AWS",
            "us-east-1", d.AirflowVersion, d.RuntimeVersion, d.RuntimeVersion, d.ImageRepository,
            d.ImageTag, d.IsCicdEnforced, d.IsDagDeployEnabled,
            d.IsDevelopmentMode, !d.IsDevelopmentMode, "SMALL", "1", "2Gi", d.IsDevelopmentMode ? 1 : 2, "1", "2Gi", host, root, api,
            $"{request.Scheme}://{api}", $"{request.Scheme}://{root}",
            life.RunningDags(d), d.Dags.Version, reason,
            d.Executor == "CELERY" ? [new(Cuid.Stable("queue/" + d.Id), "default", true, 0, 10, 5, "A5", "1", "2Gi")] : [],
            d.CreatedAt, d.UpdatedAt, d.CreatedBy, d.UpdatedBy);
    }
}

/// <summary>A page of deployments.</summary>
internal sealed record DeploymentsPage(IReadOnlyList<DeploymentView> Deployments, int Limit, int Offset, int TotalCount);
