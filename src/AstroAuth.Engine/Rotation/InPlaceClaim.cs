using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>
/// The note that a token is being rotated: taken, looked at again, and taken away where nothing has happened. The last
/// writer wins, so that who reads its own note may go on.
/// </summary>
internal sealed class InPlaceClaim
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly RotationScene _scene;
    private readonly Keeper _keeper;
    private readonly AstroTokenRotation _result;

    internal InPlaceClaim(RotationScene scene, Keeper keeper, AstroTokenRotation result)
    {
        _scene = scene;
        _keeper = keeper;
        _result = result;
    }

    /// <exception cref="AstroException">RotationRolledBack: there is no room for the note, or Astro did not take it.</exception>
    internal async Task TakeAsync(ApiTokenAnswer old)
    {
        var claim = _scene.NewClaim(Claim.Rotating, _keeper.SecretName) with { At = _scene.Now, Was = Claim.StampOf(old) };
        var text = claim.ToMarker().AppendTo(old.Description) ?? throw TooLong(old, claim);
        await Failing.RollBackAsync(old, () => _scene.DescribeAsync(old, text));
    }

    /// <summary>Whether somebody else has the token, now that the note is there.</summary>
    /// <returns>Null: nobody. True: step back. False: begin again.</returns>
    internal async Task<bool?> CheckAsync(ApiTokenAnswer old)
    {
        if (!await IsStillMineAsync(old.Id))
            return _result.StepBack("another run is rotating it");
        await _scene.Table.RefreshAsync(old);
        if (await FindSuccessorAsync(old) is { } successor)
        {
            if (!_scene.IsLiveElsewhere(Claim.Read(successor)!, successor))
                return false;
            await WaitForAsync(successor, old);
            return _result.StepBack("another run is rotating it");
        }

        // A run that was quicker may have left no note at all; the vault knows.
        return await _keeper.FindReplacementAsync(old) is { } replacement ? await Replaced.AdoptAsync(_scene, _keeper, _result, old, replacement) : null;
    }

    // As long as the other run is at it, taking the note away could take away that run's instead. When it does not come to
    // its end soon, the note stays, and whoever settles this removes it.
    private async Task WaitForAsync(ApiTokenAnswer successor, ApiTokenAnswer old)
    {
        var clock = _scene.Api.Session.Clock;
        for (var begun = clock.GetTimestamp(); clock.GetElapsedTime(begun) < Patience;)
        {
            if (await _scene.FindAsync(successor.Id) is not { } now)
            {
                await UndoAsync(_scene, old);
                return;
            }

            if (Claim.Read(now) is not { Verb: Claim.Successor })
                return;
            await _scene.PauseAsync(250, _scene.Api.Call.CancellationToken);
        }
    }

    /// <summary>Whether the note that is there is this run's.</summary>
    internal async Task<bool> IsStillMineAsync(string id) =>
        await _scene.FindAsync(id) is { } token && Claim.Read(token) is { Verb: Claim.Rotating } claim && claim.Run == _scene.Run;

    private async Task<ApiTokenAnswer?> FindSuccessorAsync(ApiTokenAnswer token)
    {
        foreach (var known in _scene.Table.SuccessorsOf(token.Id))
        {
            if (await _scene.FindAsync(known.Id) is { } now && Claim.Read(now) is { Verb: Claim.Successor } claim && claim.Of == token.Id)
                return now;
            _scene.Table.Forget(known.Id);
        }

        return null;
    }

    /// <summary>Takes it away: nothing has happened to the token. One that cannot be removed is harmless, and the next run removes it.</summary>
    internal async Task UndoAsync(RotationScene scene, ApiTokenAnswer old)
    {
        try
        {
            await _keeper.WithdrawAsync();
        }
        catch (Exception e) when (e is AstroVaultException or OperationCanceledException)
        {
            scene.Api.Call.Sink.Warning($"A note may be left in vault '{_keeper.VaultName}' where the value '{_keeper.SecretName}' was to come: {e.Message}");
        }

        try
        {
            if (await scene.FindAsync(old.Id) is { } now && Claim.Read(now) is { Verb: Claim.Rotating } claim && claim.Run == scene.Run)
                await scene.UnclaimAsync(now);
        }
        catch (AstroException e)
        {
            scene.Api.Call.Sink.Warning($"A note is left in the description of token '{old.Name}' ({old.Id}), which the next run removes: {e.Message}");
        }
    }

    private static AstroException TooLong(ApiTokenAnswer old, Claim claim)
    {
        var length = DescriptionMarker.Strip(old.Description).Length;
        var room = DescriptionMarker.LongestDescription - claim.ToMarker().ToString().Length - 1;
        return Failing.RolledBack(old, new AstroException(
            nameof(Strings.RotationMarkerTooLong),
            Strings.Format(Strings.RotationMarkerTooLong, old.Name, old.Id, length, room),
            AstroErrorCategory.InvalidOperation,
            old.Name));
    }
}
