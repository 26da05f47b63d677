using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>
/// Astro's own rotation: the old value is dead when the new one is born. The vault is proven to be writable before, and who
/// holds the newest value stores it. A note in the description makes the next run look after what this one cannot finish.
/// </summary>
internal sealed class InPlaceRotation
{
    private const int MostRotations = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly RotationScene _scene;
    private readonly Keeper _keeper;
    private readonly AstroTokenRotation _result;

    internal InPlaceRotation(RotationScene scene, Keeper keeper, AstroTokenRotation result)
    {
        _scene = scene;
        _keeper = keeper;
        _result = result;
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
            return StepBack(old is null ? "it was removed meanwhile" : "another run is rotating it");

        var claim = _scene.NewClaim(Claim.Rotating, _keeper.SecretName) with { At = _scene.Now, Was = Claim.StampOf(old) };
        var text = claim.ToMarker().AppendTo(old.Description) ?? throw TooLong(old, claim);
        var begun = _scene.Now;
        await Failing.RollBackAsync(old, () => _scene.DescribeAsync(old, text));
        try
        {
            if (await CheckAsync(old) is { } goOn)
                return goOn;
            await _keeper.ProveWritableAsync();
            _scene.CheckAge(begun, old.Name);
            if (!await IsStillMineAsync(old.Id))
            {
                await _keeper.WithdrawAsync();
                return StepBack("another run is rotating it");
            }

            _scene.Api.Call.CancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception e)
        {
            await UndoAsync(_scene.Unstoppable(), old);
            if (e is not AstroException cause)
                throw;
            throw Failing.RolledBack(old, cause);
        }

        await RotateAsync(_scene.Unstoppable(), old);
        return true;
    }

    /// <summary>Whether somebody else has the token, now that the note is there.</summary>
    /// <returns>Null: nobody. True: step back. False: begin again.</returns>
    private async Task<bool?> CheckAsync(ApiTokenAnswer old)
    {
        if (!await IsStillMineAsync(old.Id))
            return StepBack("another run is rotating it");
        await _scene.Table.RefreshAsync(old);
        if (await FindSuccessorAsync(old) is { } successor)
        {
            if (!_scene.IsLiveElsewhere(Claim.Read(successor)!, successor))
                return false;
            await WaitForAsync(successor, old);
            return StepBack("another run is rotating it");
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

    private bool StepBack(string why)
    {
        _result.Status = AstroRotationStatus.Skipped;
        _result.Reason = why;
        return true;
    }

    // Last writer wins: who reads its own note may go on.
    private async Task<bool> IsStillMineAsync(string id) =>
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

    // Nothing has happened to the token; a note that cannot be removed is harmless, and the next run removes it.
    private async Task UndoAsync(RotationScene scene, ApiTokenAnswer old)
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

    private async Task RotateAsync(RotationScene scene, ApiTokenAnswer old)
    {
        for (var round = 1; round <= MostRotations; round++)
        {
            if (round > 1)
                await scene.PauseAsync(500 * round, CancellationToken.None);
            var rotated = await RotateOnceAsync(scene, old);
            var issued = rotated.ToIssued(scene.Organization.Id, scene.Now);
            if (OwnToken.IsIt(scene, old.Id))
                OwnToken.TakeOver(scene, issued.Token);
            _result.NewId = old.Id;
            _result.ExpiresOn = rotated.EndAt;
            try
            {
                // Whoever rotated after this run holds the newest value, and stores it.
                var now = await scene.FindAsync(old.Id);
                if (now is not null && !IsNewest(now, rotated))
                {
                    if (Claim.Read(now) is { Verb: Claim.Rotating } claim && scene.IsLiveElsewhere(claim, now))
                    {
                        StepBack("another run rotated it after this one and keeps the value");
                        return;
                    }

                    continue;
                }
            }
            catch (AstroException e)
            {
                scene.Api.Call.Sink.Verbose($"Whether somebody rotated token {old.Id} meanwhile could not be asked: {e.Message}");
            }

            var kept = await StoreAsync(scene, old, issued);
            if (await IsSettledAsync(scene, old, rotated, issued.Token, kept))
                return;
        }

        throw new AstroException(nameof(Strings.RotationContended), Strings.Format(Strings.RotationContended, old.Name, old.Id), AstroErrorCategory.ResourceUnavailable, old.Name);
    }

    /// <summary>Rotates once for certain. Where an answer is lost the value is lost with it, whatever happened: once more.</summary>
    private async Task<ApiTokenAnswer> RotateOnceAsync(RotationScene scene, ApiTokenAnswer old)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var rotated = await scene.Tokens.RotateAsync(old.Id);
                if (!string.IsNullOrEmpty(rotated.Token))
                    return rotated;
                throw new AstroException(nameof(Strings.InvalidResponse), Strings.Format(Strings.InvalidResponse, "POST", "rotate", "it holds no token"), AstroErrorCategory.ProtocolError, old.Name);
            }
            catch (AstroException e)
            {
                var isUnknown = ApiTokenCreator.IsOutcomeUnknown(e) || e.ErrorId == nameof(Strings.InvalidResponse);
                var now = await TryFindAsync(scene, old.Id);
                var hasChanged = now is null ? (bool?)null : Claim.StampOf(now) != Claim.StampOf(old);
                if (!isUnknown || attempt == 3 || (now is null && attempt > 1))
                {
                    if (hasChanged == false || (hasChanged is null && !isUnknown && attempt == 1))
                    {
                        await UndoAsync(scene, old);
                        throw Failing.RolledBack(old, e);
                    }

                    throw new AstroException(nameof(Strings.RotationOutcomeUnknown), Strings.Format(Strings.RotationOutcomeUnknown, old.Name, old.Id, e.Message.TrimEnd('.')), e.Category, old.Name, e);
                }

                scene.Api.Call.Sink.Verbose($"The answer to the rotation of '{old.Name}' was lost; Astro {(hasChanged == true ? "did rotate it, and nobody has the value" : "shows no change")}. Rotating it again.");
                await scene.PauseAsync(300 * attempt, CancellationToken.None);
            }
        }
    }

    private static async Task<ApiTokenAnswer?> TryFindAsync(RotationScene scene, string id)
    {
        try
        {
            return await scene.FindAsync(id);
        }
        catch (AstroException)
        {
            return null;
        }
    }

    /// <summary>Keeps the value: in its vault, else in the other one, else with the caller.</summary>
    private async Task<Keeper> StoreAsync(RotationScene scene, ApiTokenAnswer old, AstroIssuedApiToken issued)
    {
        string why;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // The former value died with the rotation: a vault that only could not be read is better left with the new one.
                await _keeper.WriteAsync(issued, putsBack: false);
                return _keeper;
            }
            catch (Exception e) when (e is AstroVaultException or OperationCanceledException)
            {
                why = e.Message.TrimEnd('.');
                if (attempt == 3)
                    break;
                await scene.PauseAsync(200 * attempt, CancellationToken.None);
            }
        }

        if (scene.Request.FallbackVault is { } other)
        {
            try
            {
                var fallback = _keeper.In(other);
                await fallback.WriteAsync(issued);
                _result.Vault = other;
                scene.Api.Call.Sink.Warning($"Vault '{_keeper.VaultName}' did not take the new value of token '{old.Name}' ({why}); it is in vault '{other}' as '{_keeper.SecretName}'.");
                return fallback;
            }
            catch (Exception e) when (e is AstroVaultException or OperationCanceledException)
            {
                why += $"), nor did vault '{other}' ({e.Message.TrimEnd('.')}";
            }
        }

        // The only copy: it must reach the caller whatever becomes of the rest. The note stays, so that the next run looks.
        _result.Token = issued.Token;
        throw new AstroException(
            nameof(Strings.RotationValueNotStored),
            Strings.Format(Strings.RotationValueNotStored, old.Name, old.Id, _keeper.VaultName, _keeper.SecretName, why, ""),
            AstroErrorCategory.WriteError,
            _result);
    }

    /// <summary>Whether the vault's value is the one that counts; then the note goes.</summary>
    private async Task<bool> IsSettledAsync(RotationScene scene, ApiTokenAnswer old, ApiTokenAnswer rotated, SecureString newest, Keeper kept)
    {
        try
        {
            if (await scene.FindAsync(old.Id) is not { } now || !IsNewest(now, rotated) || !await kept.HoldsAsync(now, newest))
                return false;
            _result.Status = AstroRotationStatus.Rotated;
            if (Claim.Read(now) is { Verb: Claim.Rotating } claim && claim.Run == scene.Run)
                await scene.UnclaimAsync(now);
            return true;
        }
        catch (AstroException e)
        {
            if (_result.Status == AstroRotationStatus.Rotated)
            {
                _result.Reason = "its description still holds a note, which the next run removes";
                scene.Api.Call.Sink.Warning($"The token '{old.Name}' was rotated, but the note in its description could not be removed: {e.Message}");
                return true;
            }

            throw Failing.Unfinished(old, $"vault '{kept.VaultName}' took the new value, but it could not be proven ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static bool IsNewest(ApiTokenAnswer now, ApiTokenAnswer rotated) => Claim.StampOf(now) == Claim.StampOf(rotated);

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
