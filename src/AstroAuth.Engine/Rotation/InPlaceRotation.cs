using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Rotation;

/// <summary>
/// Astro's own rotation: the old value is dead when the new one is born. The vault is proven to be writable before, and who
/// holds the newest value stores it. A note in the description makes the next run look after what this one cannot finish.
/// </summary>
internal sealed class InPlaceRotation
{
    private readonly RotationScene _scene;
    private readonly Keeper _keeper;
    private readonly AstroTokenRotation _result;
    private readonly InPlaceClaim _claim;

    internal InPlaceRotation(RotationScene scene, Keeper keeper, AstroTokenRotation result)
    {
        _scene = scene;
        _keeper = keeper;
        _result = result;
        _claim = new InPlaceClaim(scene, keeper, result);
    }

    /// <summary>Rotates one token.</summary>
    /// <returns>False: something was in the way that has to be settled first; begin again.</returns>
    /// <exception cref="AstroException">It was rolled back, is not finished, or the value is in the result.</exception>
    internal async Task<bool> RunAsync(ApiTokenAnswer listed)
    {
        if (await Failing.RollBackAsync(listed, () => _keeper.FindReplacementAsync(listed)) is { } replacement)
            return await Replaced.AdoptAsync(_scene, _keeper, _result, listed, replacement);
        var old = await Failing.RollBackAsync(listed, () => _scene.FindAsync(listed.Id));
        if (old is null || (Claim.Read(old) is { } other && (other.Verb != Claim.Rotating || _scene.IsLiveElsewhere(other, old))))
            return _result.StepBack(old is null ? "it was removed meanwhile" : "another run is rotating it");

        var begun = _scene.Now;
        await _claim.TakeAsync(old);
        try
        {
            if (await _claim.CheckAsync(old) is { } goOn)
                return goOn;
            await _keeper.ProveWritableAsync();
            _scene.CheckAge(begun, old.Name);
            if (!await _claim.IsStillMineAsync(old.Id))
            {
                await _keeper.WithdrawAsync();
                return _result.StepBack("another run is rotating it");
            }

            _scene.Api.Call.CancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception e)
        {
            await _claim.UndoAsync(_scene.Unstoppable(), old);
            if (e is not AstroException cause)
                throw;
            throw Failing.RolledBack(old, cause);
        }

        await new InPlaceValue(_scene.Unstoppable(), _keeper, _result, _claim).RenewAsync(old);
        return true;
    }
}
