using System.Threading.Tasks;

namespace AstroAuth.Engine.Rotation;

/// <summary>Removes old tokens whose grace period is over; any run on any machine does it.</summary>
internal sealed class Retirement
{
    private readonly RotationScene _scene;

    internal Retirement(RotationScene scene) => _scene = scene;

    internal bool IsDue(Claim claim) => claim is { Verb: Claim.Retire, At: { } at } && at <= _scene.Now;

    /// <summary>Removes the token, if its successor still lives; without one it may be all there is.</summary>
    internal async Task<AstroRotationStatus> RunAsync(string id, AstroTokenRotation result)
    {
        for (string? missed = null; ;)
        {
            if (await _scene.FindAsync(id) is not { } token)
            {
                _scene.Table.Forget(id);
                result.Reason = "it is gone already";
                return AstroRotationStatus.Retired;
            }

            if (Claim.Read(token) is not { Verb: Claim.Retire } claim)
            {
                result.Reason = "its note was removed, so that it stays";
                return AstroRotationStatus.Skipped;
            }

            result.NewId = claim.By;
            result.OldTokenRetiresOn = claim.At;
            if (!IsDue(claim))
            {
                result.Reason = $"it is removed on {Days.Say(claim.At ?? _scene.Now)}; its successor is {claim.By}";
                return AstroRotationStatus.Skipped;
            }

            if (await _scene.FindAsync(claim.By) is not null)
            {
                await _scene.DeleteAsync(id);
                result.OldTokenRetiresOn = null;
                result.Reason = "its grace period is over";
                return AstroRotationStatus.Retired;
            }

            // Rotated itself between the two looks, perhaps: then the note names another by now.
            if (missed != claim.By)
            {
                missed = claim.By;
                continue;
            }

            await _scene.UnclaimAsync(token);
            result.NewId = null;
            result.OldTokenRetiresOn = null;
            result.Reason = $"its successor {claim.By} is gone, so that it stays";
            _scene.Api.Call.Sink.Warning($"The token '{token.Name}' ({token.Id}) was to be removed now, but {result.Reason}.");
            return AstroRotationStatus.Skipped;
        }
    }
}
