using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>A deployment as Astro shows it (wire contract 4.9.3). Values of secret variables are never in it.</summary>
public sealed class AstroDeployment
{
    /// <summary>The id of the deployment.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Its description; empty when there is none.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>CREATING, DEPLOYING, HEALTHY, UNHEALTHY, UNKNOWN or HIBERNATING.</summary>
    public string Status { get; internal set; } = "";

    /// <summary>Why it has that status, or null when Astro does not say.</summary>
    public string? StatusReason { get; internal set; }

    /// <summary>STANDARD, DEDICATED or HYBRID.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>The organization it belongs to.</summary>
    public string OrganizationId { get; internal set; } = "";

    /// <summary>The workspace it belongs to.</summary>
    public string WorkspaceId { get; internal set; } = "";

    /// <summary>The workspace's name, or null.</summary>
    public string? WorkspaceName { get; internal set; }

    /// <summary>The cluster it runs on, or null.</summary>
    public string? ClusterId { get; internal set; }

    /// <summary>The cluster's name, or null.</summary>
    public string? ClusterName { get; internal set; }

    /// <summary>AWS, AZURE or GCP, or null.</summary>
    public string? CloudProvider { get; internal set; }

    /// <summary>The cloud's region, or null.</summary>
    public string? Region { get; internal set; }

    /// <summary>The Kubernetes namespace.</summary>
    public string Namespace { get; internal set; } = "";

    /// <summary>The version of Astro Runtime.</summary>
    public string RuntimeVersion { get; internal set; } = "";

    /// <summary>The version of Airflow.</summary>
    public string AirflowVersion { get; internal set; } = "";

    /// <summary>CELERY, KUBERNETES or ASTRO.</summary>
    public string? Executor { get; internal set; }

    /// <summary>SMALL, MEDIUM, LARGE or EXTRA_LARGE; null for HYBRID.</summary>
    public string? SchedulerSize { get; internal set; }

    /// <summary>Astronomer Units of the scheduler; null unless HYBRID.</summary>
    public int? SchedulerAu { get; internal set; }

    /// <summary>Replicas of the scheduler.</summary>
    public int SchedulerReplicas { get; internal set; }

    /// <summary>CPU of one scheduler, in vCPU.</summary>
    public string SchedulerCpu { get; internal set; } = "";

    /// <summary>Memory of one scheduler, such as 2Gi.</summary>
    public string SchedulerMemory { get; internal set; } = "";

    /// <summary>What the web server has.</summary>
    public AstroWebServer WebServer { get; internal set; } = new();

    /// <summary>Whether Airflow's parts run more than once.</summary>
    public bool IsHighAvailability { get; internal set; }

    /// <summary>Whether it is for development and may hibernate.</summary>
    public bool IsDevelopmentMode { get; internal set; }

    /// <summary>Whether DAGs can be deployed without an image.</summary>
    public bool IsDagDeployEnabled { get; internal set; }

    /// <summary>Whether only API tokens may deploy.</summary>
    public bool IsCiCdEnforced { get; internal set; }

    /// <summary>CPU of a task's pod where none is named, or null.</summary>
    public string? DefaultTaskPodCpu { get; internal set; }

    /// <summary>Memory of a task's pod where none is named, or null.</summary>
    public string? DefaultTaskPodMemory { get; internal set; }

    /// <summary>CPU that all pods together may take, or null.</summary>
    public string? ResourceQuotaCpu { get; internal set; }

    /// <summary>Memory that all pods together may take, or null.</summary>
    public string? ResourceQuotaMemory { get; internal set; }

    /// <summary>The node pool of task pods; null unless HYBRID.</summary>
    public string? TaskPodNodePoolId { get; internal set; }

    /// <summary>How tasks run on machines of one's own; null where they run in Astro.</summary>
    public AstroRemoteExecution? RemoteExecution { get; internal set; }

    /// <summary>The worker queues; none with the executor KUBERNETES.</summary>
    public IReadOnlyList<AstroWorkerQueue> WorkerQueues { get; internal set; } = [];

    /// <summary>The environment variables; secret ones without a value.</summary>
    public IReadOnlyList<AstroEnvironmentVariable> EnvironmentVariables { get; internal set; } = [];

    /// <summary>Addresses that alerts go to.</summary>
    public IReadOnlyList<string> ContactEmails { get; internal set; } = [];

    /// <summary>When it hibernates and wakes.</summary>
    public IReadOnlyList<DeploymentHibernationSchedule> HibernationSchedules { get; internal set; } = [];

    /// <summary>Whether it sleeps now.</summary>
    public bool IsHibernating { get; internal set; }

    /// <summary>Until when somebody's own word holds against the schedules (UTC); null when there is none, or without an end.</summary>
    public DateTimeOffset? HibernationOverrideUntil { get; internal set; }

    /// <summary>What comes next of its hibernation; null where Astro does not say, as outside of development mode.</summary>
    public AstroHibernationEvent? NextHibernationEvent { get; internal set; }

    /// <summary>The version of the DAGs that run, or null before the first DAG deploy.</summary>
    public string? DagTarballVersion { get; internal set; }

    /// <summary>The version of the DAGs that is wanted; differs from the one that runs while a deploy is under way.</summary>
    public string? DesiredDagTarballVersion { get; internal set; }

    /// <summary>Where images are pushed to.</summary>
    public string ImageRepository { get; internal set; } = "";

    /// <summary>The tag of the image that runs.</summary>
    public string ImageTag { get; internal set; } = "";

    /// <summary>The version of the image that runs, or null when Astro does not say.</summary>
    public string? ImageVersion { get; internal set; }

    /// <summary>The base of its Airflow REST API, with scheme.</summary>
    public string ApiUrl { get; internal set; } = "";

    /// <summary>The address of its Airflow web page, with scheme.</summary>
    public string UiUrl { get; internal set; } = "";

    /// <summary>As whom and from where it reaches other systems.</summary>
    public AstroDeploymentSite Site { get; internal set; } = new();

    /// <summary>The same for where it runs after a disaster, or null where there is no such place.</summary>
    public AstroDeploymentSite? RecoverySite { get; internal set; }

    /// <summary>For one that was made for a while: when its time is over (UTC); otherwise null.</summary>
    public DateTimeOffset? ExpiresOn { get; internal set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedOn { get; internal set; }

    /// <summary>Who made it, or null when Astro does not say.</summary>
    public AstroSubject? CreatedBy { get; internal set; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset UpdatedOn { get; internal set; }

    /// <summary>Who changed it last, or null when Astro does not say.</summary>
    public AstroSubject? UpdatedBy { get; internal set; }

    /// <summary>The name and the id.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
