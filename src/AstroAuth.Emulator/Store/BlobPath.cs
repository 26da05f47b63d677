using System.Security.Cryptography;
using System.Text;

namespace AstroAuth.Emulator.Store;

/// <summary>Where the bundles of a deployment are kept: one blob with versions for the DAGs, one for each mount path.</summary>
internal static class BlobPath
{
    public static string OfDags(Deployment deployment) => $"{deployment.OrganizationId}/{deployment.Id}";

    public static string OfBundle(Deployment deployment, string mountPath) =>
        $"{OfDags(deployment)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mountPath)))[..12]}";
}
