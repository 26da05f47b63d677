using System.Collections.Generic;
using System.Security;

namespace AstroAuth;

/// <summary>Settings of a deployment that are wanted; null leaves one as it is, or to Astro when the deployment is made (wire contract 4.9).</summary>
public sealed record DeploymentSettings
{
    /// <summary>Its name, at most 500 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Its description, at most 1000 characters; empty clears it.</summary>
    public string? Description { get; init; }

    /// <summary>CELERY, KUBERNETES or ASTRO.</summary>
    public string? Executor { get; init; }

    /// <summary>SMALL, MEDIUM, LARGE or EXTRA_LARGE; not for HYBRID.</summary>
    public string? SchedulerSize { get; init; }

    /// <summary>Astronomer Units of the scheduler, 5 to 24; HYBRID alone.</summary>
    public int? SchedulerAu { get; init; }

    /// <summary>Replicas of the scheduler, 1 to 4; HYBRID alone.</summary>
    public int? SchedulerReplicas { get; init; }

    /// <summary>Worker queues to change or add, by name; others stay.</summary>
    public IReadOnlyList<WorkerQueueSettings>? WorkerQueues { get; init; }

    /// <summary>Names of worker queues to take away.</summary>
    public IReadOnlyList<string>? RemovedQueues { get; init; }

    /// <summary>The node pool of task pods, for HYBRID with the executor KUBERNETES.</summary>
    public string? TaskPodNodePoolId { get; init; }

    /// <summary>CPU of a task's pod where none is named, e.g. <c>0.25</c>; not for HYBRID.</summary>
    public string? DefaultTaskPodCpu { get; init; }

    /// <summary>Memory of a task's pod where none is named, e.g. <c>0.5Gi</c>; not for HYBRID.</summary>
    public string? DefaultTaskPodMemory { get; init; }

    /// <summary>CPU that all pods together may take; not for HYBRID.</summary>
    public string? ResourceQuotaCpu { get; init; }

    /// <summary>Memory that all pods together may take; not for HYBRID.</summary>
    public string? ResourceQuotaMemory { get; init; }

    /// <summary>Whether Airflow's parts run more than once; not for HYBRID.</summary>
    public bool? HighAvailability { get; init; }

    /// <summary>Whether DAGs can be deployed without an image.</summary>
    public bool? DagDeploy { get; init; }

    /// <summary>Whether only API tokens may deploy.</summary>
    public bool? EnforceCiCd { get; init; }

    /// <summary>Whether it is for development; can be set when it is made, and be taken away later.</summary>
    public bool? DevelopmentMode { get; init; }

    /// <summary>Addresses that alerts go to, in place of all former ones.</summary>
    public IReadOnlyList<string>? ContactEmails { get; init; }

    /// <summary>Environment variables to set or take away, by key; others stay.</summary>
    public IReadOnlyList<DeploymentVariable>? Variables { get; init; }

    /// <summary>When it hibernates and wakes, in place of all former schedules; needs development mode.</summary>
    public IReadOnlyList<DeploymentHibernationSchedule>? HibernationSchedules { get; init; }
}

/// <summary>A worker queue that is wanted; null leaves a setting as it is, or at its default in a new queue.</summary>
public sealed record WorkerQueueSettings
{
    /// <summary>The queue's name: lower-case letters, digits and hyphens, at most 63; <c>default</c> is always there.</summary>
    public required string Name { get; init; }

    /// <summary>The machine of a worker, A5 to A160; not for HYBRID.</summary>
    public string? AstroMachine { get; init; }

    /// <summary>The node pool of the workers; HYBRID alone.</summary>
    public string? NodePoolId { get; init; }

    /// <summary>The fewest workers, 0 or more.</summary>
    public int? MinWorkerCount { get; init; }

    /// <summary>The most workers, 1 or more.</summary>
    public int? MaxWorkerCount { get; init; }

    /// <summary>Tasks that a worker runs at a time, 1 or more.</summary>
    public int? WorkerConcurrency { get; init; }

    /// <summary>Disk of a worker, e.g. <c>10Gi</c>; not for HYBRID.</summary>
    public string? PodEphemeralStorage { get; init; }
}

/// <summary>An environment variable that is wanted.</summary>
public sealed record DeploymentVariable
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its value where it is no secret; null with no secret either takes the variable away.</summary>
    public string? Value { get; init; }

    /// <summary>Its value where it is a secret, which Astro never shows again.</summary>
    public SecureString? Secret { get; init; }

    /// <inheritdoc />
    public override string ToString() => Key;
}

/// <summary>One schedule by which a development deployment hibernates and wakes.</summary>
public sealed record DeploymentHibernationSchedule
{
    /// <summary>When it hibernates: a cron expression of five fields, in UTC.</summary>
    public required string HibernateAt { get; init; }

    /// <summary>When it wakes: a cron expression of five fields, in UTC.</summary>
    public required string WakeAt { get; init; }

    /// <summary>Whether the schedule holds.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What it is for, at most 200 characters.</summary>
    public string? Description { get; init; }
}
