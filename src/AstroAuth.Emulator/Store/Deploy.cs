namespace AstroAuth.Emulator.Store;

/// <summary>Where the code of a deploy came from.</summary>
internal sealed record DeployGit(
    string Provider, string CommitSha, string? Account, string? Repo, string? Branch, string? Path, string? CommitUrl, string? RemoteUrl,
    string? BeforeCommitSha, string? AuthorName, string? AuthorUsername, string? AuthorUrl);

/// <summary>A deploy of code to a deployment.</summary>
internal sealed record Deploy
{
    public required string Id { get; init; }
    public required string DeploymentId { get; init; }
    public required string Type { get; init; }
    public string Status { get; init; } = "INITIALIZED";
    public string? Description { get; init; }
    public required string ImageTag { get; init; }
    public required bool IsDagDeployEnabled { get; init; }
    public required string AirflowVersion { get; init; }
    public required string RuntimeVersion { get; init; }
    public string? BundleMountPath { get; init; }
    public string? BundleType { get; init; }
    public string? DagTarballVersion { get; init; }
    public string? BundleTarballVersion { get; init; }
    public DeployGit? Git { get; init; }
    public string? RollbackFromId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required Subject CreatedBy { get; init; }
    public required Subject UpdatedBy { get; init; }
}
