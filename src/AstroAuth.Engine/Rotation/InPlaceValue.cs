using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>The part from which there is no way back: a new value, which has to get into a vault or to the caller.</summary>
internal sealed class InPlaceValue
{
    private const int MostRotations = 4;

    private readonly RotationScene _scene;
    private readonly Keeper _keeper;
    private readonly AstroTokenRotation _result;
    private readonly InPlaceClaim _claim;

    internal InPlaceValue(RotationScene scene, Keeper keeper, AstroTokenRotation result, InPlaceClaim claim)
    {
        _scene = scene;
        _keeper = keeper;
        _result = result;
        _claim = claim;
    }

    /// <summary>Rotates the token until the vault holds its newest value.</summary>
    /// <exception cref="AstroException">It is not finished, or the value is in the result.</exception>
    internal async Task RenewAsync(ApiTokenAnswer old)
    {
        for (var round = 1; round <= MostRotations; round++)
        {
            if (round > 1)
                await _scene.PauseAsync(500 * round, CancellationToken.None);
            var rotated = await RotateOnceAsync(old);
            var issued = rotated.ToIssued(_scene.Organization.Id, _scene.Now);
            if (OwnToken.IsIt(_scene, old.Id))
                OwnToken.TakeOver(_scene, issued.Token);
            _result.NewId = old.Id;
            _result.ExpiresOn = rotated.EndAt;
            try
            {
                // Whoever rotated after this run holds the newest value, and stores it.
                var now = await _scene.FindAsync(old.Id);
                if (now is not null && !IsNewest(now, rotated))
                {
                    if (Claim.Read(now) is { Verb: Claim.Rotating } claim && _scene.IsLiveElsewhere(claim, now))
                    {
                        _result.StepBack("another run rotated it after this one and keeps the value");
                        return;
                    }

                    continue;
                }
            }
            catch (AstroException e)
            {
                _scene.Api.Call.Sink.Verbose($"Whether somebody rotated token {old.Id} meanwhile could not be asked: {e.Message}");
            }

            var kept = await StoreAsync(old, issued);
            if (await IsSettledAsync(old, rotated, issued.Token, kept))
                return;
        }

        throw new AstroException(nameof(Strings.RotationContended), Strings.Format(Strings.RotationContended, old.Name, old.Id), AstroErrorCategory.ResourceUnavailable, old.Name);
    }

    /// <summary>Rotates once for certain. Where an answer is lost the value is lost with it, whatever happened: once more.</summary>
    private async Task<ApiTokenAnswer> RotateOnceAsync(ApiTokenAnswer old)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var rotated = await _scene.Tokens.RotateAsync(old.Id);
                if (!string.IsNullOrEmpty(rotated.Token))
                    return rotated;
                throw new AstroException(nameof(Strings.InvalidResponse), Strings.Format(Strings.InvalidResponse, "POST", "rotate", "it holds no token"), AstroErrorCategory.ProtocolError, old.Name);
            }
            catch (AstroException e)
            {
                var isUnknown = ApiTokenCreator.IsOutcomeUnknown(e) || e.ErrorId == nameof(Strings.InvalidResponse);
                var now = await TryFindAsync(old.Id);
                var hasChanged = now is null ? (bool?)null : Claim.StampOf(now) != Claim.StampOf(old);
                if (!isUnknown || attempt == 3 || (now is null && attempt > 1))
                {
                    if (hasChanged == false || (hasChanged is null && !isUnknown && attempt == 1))
                    {
                        await _claim.UndoAsync(_scene, old);
                        throw Failing.RolledBack(old, e);
                    }

                    throw new AstroException(nameof(Strings.RotationOutcomeUnknown), Strings.Format(Strings.RotationOutcomeUnknown, old.Name, old.Id, e.Message.TrimEnd('.')), e.Category, old.Name, e);
                }

                _scene.Api.Call.Sink.Verbose($"The answer to the rotation of '{old.Name}' was lost; Astro {(hasChanged == true ? "did rotate it, and nobody has the value" : "shows no change")}. Rotating it again.");
                await _scene.PauseAsync(300 * attempt, CancellationToken.None);
            }
        }
    }

    private async Task<ApiTokenAnswer?> TryFindAsync(string id)
    {
        try
        {
            return await _scene.FindAsync(id);
        }
        catch (AstroException)
        {
            return null;
        }
    }

    /// <summary>Keeps the value: in its vault, else in the other one, else with the caller.</summary>
    private async Task<Keeper> StoreAsync(ApiTokenAnswer old, AstroIssuedApiToken issued)
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
                await _scene.PauseAsync(200 * attempt, CancellationToken.None);
            }
        }

        if (_scene.Request.FallbackVault is { } other)
        {
            try
            {
                var fallback = _keeper.In(other);
                await fallback.WriteAsync(issued);
                _result.Vault = other;
                _scene.Api.Call.Sink.Warning($"Vault '{_keeper.VaultName}' did not take the new value of token '{old.Name}' ({why}); it is in vault '{other}' as '{_keeper.SecretName}'.");
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
    private async Task<bool> IsSettledAsync(ApiTokenAnswer old, ApiTokenAnswer rotated, SecureString newest, Keeper kept)
    {
        try
        {
            if (await _scene.FindAsync(old.Id) is not { } now || !IsNewest(now, rotated) || !await kept.HoldsAsync(now, newest))
                return false;
            _result.Status = AstroRotationStatus.Rotated;
            if (Claim.Read(now) is { Verb: Claim.Rotating } claim && claim.Run == _scene.Run)
                await _scene.UnclaimAsync(now);
            return true;
        }
        catch (AstroException e)
        {
            if (_result.Status == AstroRotationStatus.Rotated)
            {
                _result.Reason = "its description still holds a note, which the next run removes";
                _scene.Api.Call.Sink.Warning($"The token '{old.Name}' was rotated, but the note in its description could not be removed: {e.Message}");
                return true;
            }

            throw Failing.Unfinished(old, $"vault '{kept.VaultName}' took the new value, but it could not be proven ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static bool IsNewest(ApiTokenAnswer now, ApiTokenAnswer rotated) => Claim.StampOf(now) == Claim.StampOf(rotated);
}
