using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>What a look at the leavings of former runs came to.</summary>
internal enum Settled
{
    /// <summary>There was nothing.</summary>
    Nothing,

    /// <summary>What was there has been undone; the token is as it was.</summary>
    Undone,

    /// <summary>A rotation has been completed.</summary>
    Completed,

    /// <summary>Another run is at it.</summary>
    Busy,

    /// <summary>The value of the token is in no vault: it has to be rotated whatever the schedule says.</summary>
    ValueLost,
}

/// <summary>
/// Completes or undoes what a run left that has died. The vault decides: what it holds and opens Astro is kept, because
/// somebody may use it already. Where the vault cannot be read nothing is touched.
/// </summary>
internal sealed class Recovery
{
    private readonly RotationScene _scene;
    private readonly Keeper? _keeper;

    internal Recovery(RotationScene scene, Keeper? keeper)
    {
        _scene = scene;
        _keeper = keeper;
    }

    /// <summary>The token to go on with: the old one, or the successor that took its place. Null when none is left.</summary>
    internal ApiTokenAnswer? Token { get; private set; }

    /// <summary>The reason for the result.</summary>
    internal string? Reason { get; private set; }

    /// <summary>When the old token goes, after a completion with a grace period.</summary>
    internal DateTimeOffset? RetiresOn { get; private set; }

    /// <exception cref="AstroException">It could not be settled; nothing was touched, or the next run goes on.</exception>
    internal async Task<Settled> SettleAsync(string oldId)
    {
        var settled = Settled.Nothing;
        Token = await _scene.FindAsync(oldId);
        if (Token is null)
            _scene.Table.Forget(oldId);
        foreach (var known in _scene.Table.SuccessorsOf(oldId))
        {
            if (await _scene.FindAsync(known.Id) is not { } successor)
            {
                _scene.Table.Forget(known.Id);
                continue;
            }

            _scene.Table.Put(successor);
            if (Claim.Read(successor) is not { Verb: Claim.Successor } claim || claim.Of != oldId)
                continue;
            if (_scene.IsLiveElsewhere(claim, successor))
                return Busy(claim, claim.At ?? successor.CreatedAt);
            settled = await SettleAsync(successor, claim);
            if (settled is Settled.Completed or Settled.ValueLost)
                return settled;
        }

        return Token is not null && Claim.Read(Token) is { Verb: Claim.Rotating } rotating ? await SettleAsync(rotating) : settled;
    }

    private async Task<Settled> SettleAsync(ApiTokenAnswer successor, Claim claim)
    {
        var retire = Token is null ? null : Claim.Read(Token) is { Verb: Claim.Retire } note ? note : null;
        var isReplaced = Token is null || retire?.By == successor.Id;
        var isOwnSecret = _keeper is not null && (claim.In.Length == 0 || claim.In == Claim.Hash(_keeper.SecretName));
        if (!isReplaced && retire is null && !isOwnSecret)
            ThrowUnlessGivenUp(Token!, successor);

        var holds = isOwnSecret && await _keeper!.HoldsAsync(successor);
        if (!isReplaced && !holds)
        {
            await _scene.DeleteAsync(successor.Id);
            Reason = $"the successor {successor.Id} that an earlier run left was removed";
            return Settled.Undone;
        }

        RetiresOn = retire?.At;
        if (!isReplaced)
        {
            // The order of the run itself: the old token goes first, so that never two without a note live.
            RetiresOn = await _scene.RetireAsync(Token!, successor.Id);
        }

        var text = DescriptionMarker.Strip(successor.Description);
        if (text.Length == 0 && Token is not null)
            text = DescriptionMarker.Strip(Token.Description);
        Token = await _scene.DescribeAsync(successor, text);
        Reason = "it completed what an earlier run had begun";
        return holds || !isOwnSecret ? Settled.Completed : Settled.ValueLost;
    }

    private async Task<Settled> SettleAsync(Claim claim)
    {
        if (_scene.IsLiveElsewhere(claim, Token!))
            return Busy(claim, claim.At ?? Token!.UpdatedAt);
        if (_keeper is null)
            throw NeedsVault(Token!, Token!.Id);
        if (!await _keeper.HoldsAsync(Token!))
            return await AdoptAsync() ? Settled.Completed : Settled.ValueLost;

        var isRotated = claim.Was != Claim.StampOf(Token!);
        await _keeper.WithdrawAsync();
        Token = await _scene.UnclaimAsync(Token!);
        Reason = isRotated ? "it completed what an earlier run had begun" : "the note that an earlier run left was removed";
        return isRotated ? Settled.Completed : Settled.Undone;
    }

    // The note may have been written over that of a run which had replaced the token meanwhile.
    private async Task<bool> AdoptAsync()
    {
        if (await _keeper!.FindReplacementAsync(Token!) is not { } successor)
            return false;
        RetiresOn = await _scene.RetireAsync(Token!, successor.Id);
        Token = Claim.Read(successor) is { Verb: Claim.Successor } ? await _scene.UnclaimAsync(successor) : successor;
        Reason = "it completed what an earlier run had begun";
        return true;
    }

    private Settled Busy(Claim claim, DateTimeOffset since)
    {
        Reason = $"another run {(claim.Host == _scene.Runner.Host ? "on this machine" : "on another machine")} is at it since {Days.Say(since)}";
        return Settled.Busy;
    }

    private void ThrowUnlessGivenUp(ApiTokenAnswer old, ApiTokenAnswer successor)
    {
        if (_keeper is null)
            throw NeedsVault(old, successor.Id);
        if (!_scene.Request.Force)
        {
            throw new AstroException(
                nameof(Strings.RotationOtherSecret),
                Strings.Format(Strings.RotationOtherSecret, old.Name, old.Id, successor.Id, _keeper.SecretName),
                AstroErrorCategory.InvalidArgument,
                old.Name);
        }
    }

    private static AstroException NeedsVault(ApiTokenAnswer old, string successorId) => new(
        nameof(Strings.RotationVaultNeeded),
        Strings.Format(Strings.RotationVaultNeeded, old.Name, old.Id, successorId),
        AstroErrorCategory.InvalidArgument,
        old.Name);
}
