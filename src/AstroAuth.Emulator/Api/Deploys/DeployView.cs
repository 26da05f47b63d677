using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Deploys;

/// <summary>A bundle of a deploy.</summary>
internal sealed record BundleView(string BundleType, string DeployId, string MountPath, string? CurrentVersion, string? DesiredVersion);

/// <summary>A deploy as the API shows it; an upload address in the answer to its creation, and later where the settings say so.</summary>
internal sealed record DeployView(
    string Id, string DeploymentId, string Type, string Status, string? Description, string ImageRepository, string ImageTag,
    bool IsDagDeployEnabled, string AirflowVersion, string AstroRuntimeVersion, string? DagTarballVersion, string? BundleMountPath,
    IReadOnlyList<BundleView>? Bundles, DeployGit? Git, string? RollbackFromId, string? DagsUploadUrl, string? BundleUploadUrl,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, Subject CreatedBySubject, Subject UpdatedBySubject)
{
    public static DeployView Of(
        Deploy d, Deployment deployment, DeploymentLife life, string? dagsUploadUrl = null, string? bundleUploadUrl = null) => new(
            d.Id, d.DeploymentId, d.Type, d.Status, d.Description, deployment.ImageRepository, d.ImageTag, d.IsDagDeployEnabled,
            d.AirflowVersion, d.RuntimeVersion, d.DagTarballVersion, d.BundleMountPath, BundlesOf(d, deployment, life), d.Git,
            d.RollbackFromId, dagsUploadUrl, bundleUploadUrl, d.CreatedAt, d.UpdatedAt, d.CreatedBy, d.UpdatedBy);

    private static BundleView[]? BundlesOf(Deploy d, Deployment deployment, DeploymentLife life)
    {
        if (d is not { BundleMountPath: { } path, BundleType: { } type })
            return null;
        var mounted = deployment.Bundles.FirstOrDefault(b => b.MountPath == path);
        return [new(type, d.Id, path, mounted is null ? null : life.Running(mounted.Content), d.BundleTarballVersion)];
    }
}

/// <summary>A page of deploys.</summary>
internal sealed record DeploysPage(IReadOnlyList<DeployView> Deploys, int Limit, int Offset, int TotalCount);
