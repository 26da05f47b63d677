using System;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>
/// A successor takes the place of the old token: its value goes into the vault, then the old one is retired. Once the vault
/// has it the rest is seen through by this run or the next.
/// </summary>
internal sealed class Handover
{
    private const int NoteRounds = 4;

    private readonly RotationScene _scene;
    private readonly Keeper _keeper;
    private readonly AstroTokenRotation _result;

    internal Handover(RotationScene scene, Keeper keeper, AstroTokenRotation result)
    {
        _scene = scene;
        _keeper = keeper;
        _result = result;
    }

    /// <summary>Keeps the value and ends the old token's life.</summary>
    /// <returns>True: it is done.</returns>
    /// <exception cref="AstroException">It was rolled back, or is not finished.</exception>
    internal async Task<bool> RunAsync(ApiTokenAnswer old, ApiTokenAnswer created, AstroIssuedApiToken issued)
    {
        // From here on Ctrl+C waits: what the vault holds must not be left without its token.
        var scene = _scene.Unstoppable();
        VaultSnapshot before;
        var hasBegun = false;
        try
        {
            _scene.Api.Call.CancellationToken.ThrowIfCancellationRequested();
            hasBegun = true;
            before = await _keeper.WriteAsync(issued);
        }
        catch (Exception e)
        {
            if (hasBegun && e is not AstroVaultException { IsUntouched: true })
                await ThrowIfKeptAsync(old, created, issued, e);
            await Failing.UndoAsync(_scene, old, created, e);
            if (e is not AstroException cause)
                throw;
            throw Failing.RolledBack(old, cause);
        }

        var kept = await LookAfterAsync(scene, old, created, before);
        _result.NewId = created.Id;
        _result.ExpiresOn = created.EndAt;
        try
        {
            if (OwnToken.IsIt(scene, old.Id))
                OwnToken.TakeOver(scene, issued.Token);
            _result.OldTokenRetiresOn = await scene.RetireAsync(old, created.Id);
        }
        catch (AstroException e)
        {
            throw Failing.Unfinished(old, $"vault '{_keeper.VaultName}' holds the new value and it works, but the old token could not be retired ({e.Message.TrimEnd('.')})", e);
        }

        _result.Status = AstroRotationStatus.Rotated;
        await FinishAsync(scene, old, created, kept);
        if (_result.OldTokenRetiresOn is { } at)
            await GuardNoteAsync(scene, old, created.Id, at);
        return true;
    }

    // A value of the successor that the vault kept in spite of its failure must stay alive.
    private async Task ThrowIfKeptAsync(ApiTokenAnswer old, ApiTokenAnswer created, AstroIssuedApiToken issued, Exception cause)
    {
        bool isKept;
        try
        {
            isKept = SecureStrings.AreEqual(await _keeper.LookAsync(), issued.Token);
        }
        catch (Exception e) when (e is AstroException or OperationCanceledException)
        {
            throw Failing.Unfinished(old, $"vault '{_keeper.VaultName}' failed ({cause.Message.TrimEnd('.')}), and what it holds now cannot be read ({e.Message.TrimEnd('.')}), so that the successor {created.Id} was left alive", cause);
        }

        if (isKept)
            throw Failing.Unfinished(old, $"vault '{_keeper.VaultName}' failed ({cause.Message.TrimEnd('.')}) and holds the value of the successor {created.Id}, which was left alive", cause);
    }

    // A vault may take its time, and this machine may have slept: another one may have taken this run for dead meanwhile, and
    // undone what it had begun. Then the secret is that one's.
    private async Task<ApiTokenAnswer> LookAfterAsync(RotationScene scene, ApiTokenAnswer old, ApiTokenAnswer created, VaultSnapshot before)
    {
        ApiTokenAnswer? kept;
        try
        {
            kept = await scene.FindAsync(created.Id);
            if (kept is null)
                await _keeper.RestoreAsync(before);
        }
        catch (Exception e) when (e is AstroException or OperationCanceledException)
        {
            throw Failing.Unfinished(old, $"vault '{_keeper.VaultName}' took the new value, and then: {e.Message.TrimEnd('.')}", e);
        }

        var late = Strings.Format(Strings.RotationTooSlow, Days.Say(TimeSpan.FromTicks(scene.Runner.Lease.Ticks / 2)));
        if (kept is null)
            throw Failing.RolledBack(old, new AstroException(nameof(Strings.RotationTooSlow), late + ", and another run removed the successor", AstroErrorCategory.OperationTimeout, old.Name));
        return scene.IsLate(created.CreatedAt) ? throw Failing.Unfinished(old, late, null) : kept;
    }

    // A run InPlace that had read the old token before may have written over the note; it steps back as soon as it looks again.
    private static async Task GuardNoteAsync(RotationScene scene, ApiTokenAnswer old, string successorId, DateTimeOffset at)
    {
        try
        {
            for (var round = 1; round <= NoteRounds; round++)
            {
                if (await scene.FindAsync(old.Id) is not { } now || Claim.Read(now) is { Verb: Claim.Retire })
                    return;
                await scene.NoteAsync(now, new Claim { Verb = Claim.Retire, At = at, By = successorId });
                await scene.PauseAsync(300 * round, CancellationToken.None);
            }
        }
        catch (AstroException e)
        {
            scene.Api.Call.Sink.Verbose($"The note of the old token {old.Id} could not be looked at again: {e.Message}");
        }
    }

    // A user may have written something meanwhile, to the old token or to the new one; the new one's counts.
    private async Task FinishAsync(RotationScene scene, ApiTokenAnswer old, ApiTokenAnswer created, ApiTokenAnswer now)
    {
        try
        {
            if (Claim.Read(now) is not { Verb: Claim.Successor })
                return;
            var isEdited = now.Description != created.Description;
            var text = DescriptionMarker.Strip(isEdited ? now.Description : old.Description);
            await scene.DescribeAsync(now, text, now.Name != created.Name ? now.Name : old.Name);
        }
        catch (AstroException e)
        {
            _result.Reason = "the description of the new token still holds a note, which the next run removes";
            scene.Api.Call.Sink.Warning($"The token '{old.Name}' was rotated, but the description of its successor {created.Id} could not be set: {e.Message}");
        }
    }
}
