using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>A deploy of code to a deployment (wire contract 4.10). Addresses for uploads are never in it.</summary>
public sealed class AstroDeploy
{
    /// <summary>The id of the deploy.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The deployment it belongs to.</summary>
    public string DeploymentId { get; internal set; } = "";

    /// <summary>DAG_ONLY, IMAGE_AND_DAG, IMAGE_ONLY or BUNDLE.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>INITIALIZED while it is not finished, DEPLOYED or FAILED.</summary>
    public string Status { get; internal set; } = "";

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>When it was begun (UTC).</summary>
    public DateTimeOffset CreatedOn { get; internal set; }

    /// <summary>Who began it, or null when Astro does not say.</summary>
    public AstroSubject? CreatedBy { get; internal set; }

    /// <summary>When it was last changed (UTC), or null when Astro does not say.</summary>
    public DateTimeOffset? UpdatedOn { get; internal set; }

    /// <summary>Who changed it last, or null when Astro does not say.</summary>
    public AstroSubject? UpdatedBy { get; internal set; }

    /// <summary>The version of the DAGs it brought, or null.</summary>
    public string? DagTarballVersion { get; internal set; }

    /// <summary>Where a bundle other than the DAGs is mounted, or null.</summary>
    public string? MountPath { get; internal set; }

    /// <summary>The bundles beside the DAGs that the deployment has.</summary>
    public IReadOnlyList<AstroBundle> Bundles { get; internal set; } = [];

    /// <summary>The image's repository.</summary>
    public string ImageRepository { get; internal set; } = "";

    /// <summary>The image's tag.</summary>
    public string ImageTag { get; internal set; } = "";

    /// <summary>The version of Airflow, or null.</summary>
    public string? AirflowVersion { get; internal set; }

    /// <summary>The version of Astro Runtime, or null.</summary>
    public string? RuntimeVersion { get; internal set; }

    /// <summary>The deploy it went back to, or null when it was no rollback.</summary>
    public string? RollbackFromId { get; internal set; }

    /// <summary>The commit it came from, or null when none was told.</summary>
    public AstroDeployGit? Git { get; internal set; }

    /// <summary>The type, the id and the status.</summary>
    public override string ToString() => $"{Type} {Id} ({Status})";
}

/// <summary>The commit that a deploy came from.</summary>
public sealed record AstroDeployGit
{
    /// <summary>GITHUB or GENERIC.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The commit's hash.</summary>
    public string CommitSha { get; init; } = "";

    /// <summary>The account on GitHub, or null.</summary>
    public string? Account { get; init; }

    /// <summary>The repository on GitHub, or null.</summary>
    public string? Repo { get; init; }

    /// <summary>The remote's address, without a credential; null for GitHub.</summary>
    public string? RemoteUrl { get; init; }

    /// <summary>The branch, or null.</summary>
    public string? Branch { get; init; }

    /// <summary>The published folder's path in the repository, or null for its root.</summary>
    public string? Path { get; init; }

    /// <summary>The commit's page, or null.</summary>
    public string? CommitUrl { get; init; }

    /// <summary>Who wrote the commit, or null.</summary>
    public string? AuthorName { get; init; }

    /// <summary>The branch and the start of the hash.</summary>
    public override string ToString() => (Branch is null ? "" : Branch + " ") + (CommitSha.Length > 7 ? CommitSha.Remove(7) : CommitSha);
}

/// <summary>A bundle beside the DAGs, such as a dbt project.</summary>
public sealed class AstroBundle
{
    /// <summary>Where it is mounted.</summary>
    public string MountPath { get; internal set; } = "";

    /// <summary>Its type, such as dbt.</summary>
    public string BundleType { get; internal set; } = "";

    /// <summary>The version that runs, or null.</summary>
    public string? CurrentVersion { get; internal set; }

    /// <summary>The version that is wanted, or null.</summary>
    public string? DesiredVersion { get; internal set; }

    /// <summary>The type and the path.</summary>
    public override string ToString() => $"{BundleType} at {MountPath}";
}
