using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deploys;

/// <summary>What forbids a deploy, found out before Astro is asked to begin one.</summary>
internal static class PublishChecks
{
    private const int LongestDescription = 500;

    /// <exception cref="AstroException">InvalidDeployDescription.</exception>
    internal static void Description(string? description)
    {
        if (description?.Length > LongestDescription)
        {
            throw new AstroException(
                nameof(Strings.InvalidDeployDescription),
                Strings.Format(Strings.InvalidDeployDescription, description.Length),
                AstroErrorCategory.InvalidArgument,
                description.Length);
        }
    }

    /// <summary>A description as long as Astro takes one.</summary>
    internal static string? Shorten(string? description) =>
        description?.Length > LongestDescription ? description.Remove(LongestDescription - 1) + "…" : description;

    /// <exception cref="AstroException">WorkspaceMismatch.</exception>
    internal static async Task WorkspaceAsync(DeployPlace place, AstroDeployment deployment, string? workspace)
    {
        var connection = place.Api.Call.Connection;
        var wanted = workspace is null ? connection.Workspace : await new Places(place.Api).FindWorkspaceAsync(place.OrganizationId, workspace);
        if (wanted is null || wanted.Id == deployment.WorkspaceId)
            return;
        throw new AstroException(
            nameof(Strings.WorkspaceMismatch),
            Strings.Format(Strings.WorkspaceMismatch, deployment.Name, deployment.WorkspaceName ?? deployment.WorkspaceId, wanted),
            AstroErrorCategory.InvalidArgument,
            deployment.Name);
    }

    /// <exception cref="AstroException">DagDeployDisabled or CiCdEnforced.</exception>
    internal static void Deployment(ApiClient api, AstroDeployment deployment)
    {
        if (!deployment.IsDagDeployEnabled)
            throw Refuse(nameof(Strings.DagDeployDisabled), Strings.DagDeployDisabled, AstroErrorCategory.InvalidOperation, deployment);
        CiCd(api, deployment);
    }

    /// <exception cref="AstroException">CiCdEnforced.</exception>
    internal static void CiCd(ApiClient api, AstroDeployment deployment)
    {
        if (deployment.IsCiCdEnforced && api.Session.Credential.Kind is AstroCredentialKind.User or AstroCredentialKind.AccessToken)
            throw Refuse(nameof(Strings.CiCdEnforced), Strings.CiCdEnforced, AstroErrorCategory.PermissionDenied, deployment);
    }

    /// <exception cref="AstroException">DeploymentHibernating.</exception>
    internal static void Awake(AstroDeployment deployment)
    {
        if (deployment.Status == Hibernating)
            throw Refuse(nameof(Strings.DeploymentHibernating), Strings.DeploymentHibernating, AstroErrorCategory.InvalidOperation, deployment);
    }

    internal const string Hibernating = "HIBERNATING";

    private static AstroException Refuse(string id, string text, AstroErrorCategory category, AstroDeployment deployment) =>
        new(id, Strings.Format(text, deployment.Name), category, deployment.Name);
}
