using System.Collections;
using System.Management.Automation;
using AstroAuth.Completion;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Deployment;

/// <summary>A cmdlet that makes or changes a deployment: the settings that both take.</summary>
public abstract class DeploymentSettingsCmdlet : AstroConnectedCmdlet
{
    /// <summary>What the deployment is for, at most 1000 characters; empty clears it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>How tasks are run: Celery, Kubernetes or Astro.</summary>
    [Parameter]
    [ValidateSet("Celery", "Kubernetes", "Astro")]
    public string? Executor { get; set; }

    /// <summary>The size of the scheduler; not for Hybrid.</summary>
    [Parameter]
    [ValidateSet("Small", "Medium", "Large", "Extra_Large")]
    public string? SchedulerSize { get; set; }

    /// <summary>The scheduler's Astronomer Units, 5 to 24; for Hybrid alone.</summary>
    [Parameter]
    [ValidateRange(5, 24)]
    public int? SchedulerAu { get; set; }

    /// <summary>The scheduler's replicas, 1 to 4; for Hybrid alone.</summary>
    [Parameter]
    [ValidateRange(1, 4)]
    public int? SchedulerReplicas { get; set; }

    /// <summary>Worker queues as hashtables with Name and what of AstroMachine, NodePoolId, MinWorkerCount, MaxWorkerCount, WorkerConcurrency and PodEphemeralStorage is wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable[]? WorkerQueue { get; set; }

    /// <summary>The node pool of task pods, for Hybrid with the executor Kubernetes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NodePoolCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TaskPodNodePoolId { get; set; }

    /// <summary>CPU of a task's pod where none is named, in vCPU.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DefaultTaskPodCpu { get; set; }

    /// <summary>Memory of a task's pod where none is named, such as 0.5Gi: twice the CPU.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DefaultTaskPodMemory { get; set; }

    /// <summary>CPU that all pods together may take, in vCPU.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResourceQuotaCpu { get; set; }

    /// <summary>Memory that all pods together may take, such as 20Gi: twice the CPU.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResourceQuotaMemory { get; set; }

    /// <summary>Run Airflow's parts more than once.</summary>
    [Parameter]
    public SwitchParameter HighAvailability { get; set; }

    /// <summary>Let DAGs be deployed without an image.</summary>
    [Parameter]
    public SwitchParameter DagDeploy { get; set; }

    /// <summary>Let only API tokens deploy.</summary>
    [Parameter]
    public SwitchParameter EnforceCiCd { get; set; }

    /// <summary>A deployment for development, which may hibernate.</summary>
    [Parameter]
    public SwitchParameter DevelopmentMode { get; set; }

    /// <summary>Addresses that alerts go to, in place of all former ones.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? ContactEmail { get; set; }

    /// <summary>Environment variables by key: text, a SecureString for a secret, or $null to take one away.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Variable { get; set; }

    /// <summary>When it hibernates and wakes, as hashtables with HibernateAt and WakeAt (cron, UTC), in place of all former ones.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public Hashtable[]? HibernationSchedule { get; set; }

    /// <summary>The settings that were given.</summary>
    internal DeploymentSettings ToSettings(string? name) => new()
    {
        Name = name,
        Description = Description,
        Executor = Executor?.ToUpperInvariant(),
        SchedulerSize = SchedulerSize?.ToUpperInvariant(),
        SchedulerAu = SchedulerAu,
        SchedulerReplicas = SchedulerReplicas,
        WorkerQueues = WorkerQueue is null ? null : DeploymentArguments.ToQueues(WorkerQueue),
        TaskPodNodePoolId = TaskPodNodePoolId,
        DefaultTaskPodCpu = DefaultTaskPodCpu,
        DefaultTaskPodMemory = DefaultTaskPodMemory,
        ResourceQuotaCpu = ResourceQuotaCpu,
        ResourceQuotaMemory = ResourceQuotaMemory,
        HighAvailability = IfGiven(nameof(HighAvailability), HighAvailability),
        DagDeploy = IfGiven(nameof(DagDeploy), DagDeploy),
        EnforceCiCd = IfGiven(nameof(EnforceCiCd), EnforceCiCd),
        DevelopmentMode = IfGiven(nameof(DevelopmentMode), DevelopmentMode),
        ContactEmails = ContactEmail,
        Variables = Variable is null ? null : DeploymentArguments.ToVariables(Variable),
        HibernationSchedules = HibernationSchedule is null ? null : DeploymentArguments.ToSchedules(HibernationSchedule),
    };

    // A switch that was not typed leaves the setting alone; -Name:$false turns it off.
    private bool? IfGiven(string name, SwitchParameter value) => MyInvocation.BoundParameters.ContainsKey(name) ? value.ToBool() : null;
}
