using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>Code that is to be published to a deployment.</summary>
public sealed record AstroPublishRequest
{
    /// <summary>The folder, as a full path; null to take a bundle away.</summary>
    public string? Folder { get; init; }

    /// <summary>The deployment by id or exact name; null for the connection's.</summary>
    public string? Deployment { get; init; }

    /// <summary>The workspace by id or exact name; null for the connection's.</summary>
    public string? Workspace { get; init; }

    /// <summary>What the deploy is for, at most 500 characters; null for the subject of the commit.</summary>
    public string? Description { get; init; }

    /// <summary>The folder that the files lie in inside the bundle; null for the folder's own name, empty for none.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>The type of a bundle other than the DAGs, or null.</summary>
    public string? BundleType { get; init; }

    /// <summary>Where a bundle other than the DAGs is mounted, or null.</summary>
    public string? MountPath { get; init; }

    /// <summary>Publish although it removes every DAG.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Take files whose names look like secrets' too.</summary>
    public bool IncludeSensitive { get; init; }

    /// <summary>Take code that .airflowignore hides too.</summary>
    public bool IncludeAirflowIgnored { get; init; }

    /// <summary>How .airflowignore is read.</summary>
    public AstroIgnoreSyntax IgnoreSyntax { get; init; }

    /// <summary>Tell Astro nothing of the commit.</summary>
    public bool NoGit { get; init; }

    /// <summary>Wake a hibernating deployment first.</summary>
    public bool Wake { get; init; }

    /// <summary>Wait until the deployment runs what was published.</summary>
    public bool Wait { get; init; }

    /// <summary>How long to wait for the deployment.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often to ask while waiting.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>What would be published where, with everything checked and nothing changed.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="Files">What goes, in order.</param>
public sealed record AstroPublishPlan(AstroPublishRequest Request, AstroDeployment Deployment, IReadOnlyList<AstroBundleFile> Files)
{
    /// <summary>The size of all files, in bytes.</summary>
    public long TotalBytes { get; init; }
}

/// <summary>The steps of a publication, in order.</summary>
public enum AstroPublishStep
{
    /// <summary>Looking at the deployment and at earlier deploys.</summary>
    Check,

    /// <summary>Waking the deployment.</summary>
    Wake,

    /// <summary>Reading the folder.</summary>
    Bundle,

    /// <summary>Beginning the deploy in Astro.</summary>
    Create,

    /// <summary>Uploading the bundle.</summary>
    Upload,

    /// <summary>Telling Astro that the upload is whole.</summary>
    Finalize,

    /// <summary>Waiting for the deployment to run it.</summary>
    Wait,
}

/// <summary>How far a publication is.</summary>
/// <param name="Step">The step under way.</param>
/// <param name="Status">What happens, in a few words.</param>
/// <param name="BytesDone">How many bytes of files are read.</param>
/// <param name="BytesTotal">How many there are.</param>
public sealed record AstroPublishProgress(AstroPublishStep Step, string Status, long BytesDone, long BytesTotal);

/// <summary>Where a publication ended; the target of its error.</summary>
public sealed class AstroPublishFailure
{
    /// <summary>The step that failed.</summary>
    public AstroPublishStep Step { get; internal set; }

    /// <summary>The deployment's name, or before it was found what was given for it.</summary>
    public string Deployment { get; internal set; } = "";

    /// <summary>The deployment's id; empty before it was found.</summary>
    public string DeploymentId { get; internal set; } = "";

    /// <summary>The deploy that was begun, or null when none was.</summary>
    public string? DeployId { get; internal set; }

    /// <summary>The status the deploy was left in: INITIALIZED, DEPLOYED, UNKNOWN when the answer was lost, or null when none was begun.</summary>
    public string? DeployStatus { get; internal set; }

    /// <summary>The deployment, the step and the deploy.</summary>
    public override string ToString() => $"{(DeploymentId.Length == 0 ? Deployment : $"{Deployment} ({DeploymentId})")}, step {Step}{(DeployId is null ? "" : $", deploy {DeployId} {DeployStatus}")}";
}
