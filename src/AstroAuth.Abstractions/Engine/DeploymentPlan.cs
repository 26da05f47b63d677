using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>What making or changing a deployment would send: to be shown first, and carried out as it is.</summary>
public sealed class DeploymentPlan
{
    internal DeploymentPlan(string? id, string name, string organizationId, object body)
    {
        Id = id;
        Name = name;
        OrganizationId = organizationId;
        Body = body;
    }

    /// <summary>The deployment to change; null for one to make.</summary>
    public string? Id { get; }

    /// <summary>The deployment's name.</summary>
    public string Name { get; }

    /// <summary>The settings that differ from what is there, or all of a new one. Values of secrets are not in it.</summary>
    public IReadOnlyList<AstroSettingChange> Changes { get; internal set; } = [];

    /// <summary>What a copy could not take over from its origin.</summary>
    public IReadOnlyList<string> NotCopied { get; internal set; } = [];

    internal string OrganizationId { get; }

    internal object Body { get; }

    internal string? ReadAs { get; set; }
}

/// <summary>A deployment that is to be made (wire contract 4.9.1).</summary>
public sealed record DeploymentCreation
{
    /// <summary>Its settings; the name is needed.</summary>
    public required DeploymentSettings Settings { get; init; }

    /// <summary>STANDARD, DEDICATED or HYBRID; null for the origin's, or STANDARD.</summary>
    public string? Type { get; init; }

    /// <summary>The workspace by id or exact name; null for the origin's, or the connection's.</summary>
    public string? Workspace { get; init; }

    /// <summary>AWS, AZURE or GCP.</summary>
    public string? CloudProvider { get; init; }

    /// <summary>The cloud's region.</summary>
    public string? Region { get; init; }

    /// <summary>The cluster by id or exact name.</summary>
    public string? Cluster { get; init; }

    /// <summary>The version of Astro Runtime; null for the origin's, or the newest.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>The deployment to copy the settings of, by id or exact name.</summary>
    public string? From { get; init; }

    /// <summary>Make the smallest deployment that does the same, for this long.</summary>
    public TimeSpan? ExpiresIn { get; init; }
}

/// <summary>How to wait for a deployment.</summary>
public sealed record DeploymentWait
{
    /// <summary>Says whether what was waited for is there.</summary>
    public required Func<AstroDeployment, bool> IsThere { get; init; }

    /// <summary>Hears of every look at the deployment, from any thread.</summary>
    public Action<AstroDeployment>? OnLook { get; init; }

    /// <summary>How long to wait at most.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);
}
