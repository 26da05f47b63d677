using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>A token that turns out to have been replaced already, although nothing in Astro says so any more.</summary>
internal static class Replaced
{
    /// <summary>Retires it, as the run that made its successor was about to.</summary>
    /// <returns>True: it is done.</returns>
    /// <exception cref="AstroException">RotationUnfinished.</exception>
    internal static async Task<bool> AdoptAsync(RotationScene scene, Keeper keeper, AstroTokenRotation result, ApiTokenAnswer old, ApiTokenAnswer successor)
    {
        try
        {
            result.OldTokenRetiresOn = await scene.RetireAsync(old, successor.Id);
            if (Claim.Read(successor) is { Verb: Claim.Successor })
                await scene.DescribeAsync(successor, DescriptionMarker.Strip(successor.Description));
        }
        catch (AstroException e)
        {
            throw Failing.Unfinished(old, $"vault '{keeper.VaultName}' holds the value of its successor {successor.Id}, but the old token could not be retired ({e.Message.TrimEnd('.')})", e);
        }

        result.NewId = successor.Id;
        result.ExpiresOn = successor.EndAt;
        result.Status = AstroRotationStatus.Rotated;
        result.Reason = "an earlier run had replaced it";
        return true;
    }
}
