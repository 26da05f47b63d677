using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Deploys;

/// <summary>From Astro's words for a deploy to the module's.</summary>
internal static class DeployMapping
{
    internal static AstroDeploy ToModel(this DeployAnswer answer) => new()
    {
        Id = answer.Id,
        DeploymentId = answer.DeploymentId,
        Type = answer.Type,
        Status = answer.Status,
        Description = answer.Description ?? "",
        CreatedOn = answer.CreatedAt,
        CreatedBy = ApiTokenMapping.ToModel(answer.CreatedBySubject),
        UpdatedOn = answer.UpdatedAt,
        UpdatedBy = ApiTokenMapping.ToModel(answer.UpdatedBySubject),
        DagTarballVersion = answer.DagTarballVersion,
        MountPath = answer.BundleMountPath,
        Bundles = (answer.Bundles ?? []).ConvertAll(b => new AstroBundle
        {
            MountPath = b.MountPath, BundleType = b.BundleType, CurrentVersion = b.CurrentVersion, DesiredVersion = b.DesiredVersion,
        }),
        ImageRepository = answer.ImageRepository ?? "",
        ImageTag = answer.ImageTag ?? "",
        AirflowVersion = answer.AirflowVersion,
        RuntimeVersion = answer.AstroRuntimeVersion,
        RollbackFromId = answer.RollbackFromId,
        Git = answer.Git is { } git ? new AstroDeployGit
        {
            Provider = git.Provider, CommitSha = git.CommitSha, Account = git.Account, Repo = git.Repo, RemoteUrl = git.RemoteUrl,
            Branch = git.Branch, Path = git.Path, CommitUrl = git.CommitUrl, AuthorName = git.AuthorName,
        } : null,
    };

    internal static DeployGitAnswer ToBody(this AstroDeployGit git) => new()
    {
        Provider = git.Provider, CommitSha = git.CommitSha, Account = git.Account, Repo = git.Repo, RemoteUrl = git.RemoteUrl,
        Branch = git.Branch, Path = git.Path, CommitUrl = git.CommitUrl, AuthorName = git.AuthorName,
    };
}
