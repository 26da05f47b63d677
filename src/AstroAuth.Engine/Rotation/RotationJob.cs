using System.Diagnostics;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Rotation;

/// <summary>One token's part of a run: settle what was left, see whether it is due, rotate it.</summary>
internal sealed class RotationJob
{
    private const int MostRounds = 3;

    /// <summary>The id of the token that is to be rotated; of one that is gone where only its successor is left.</summary>
    internal required string OldId { get; init; }

    internal required AstroRotationCandidate Candidate { get; init; }

    /// <summary>What is known of it without asking; null when it was not found.</summary>
    internal ApiTokenAnswer? Listed { get; init; }

    /// <summary>Nobody asked for it: an old token whose time is over.</summary>
    internal bool IsExtra { get; init; }

    /// <summary>Nothing is to be done, for this reason.</summary>
    internal string? Skip { get; init; }

    /// <summary>It waits for its end, or has reached it.</summary>
    internal bool IsRetiring { get; init; }

    internal AstroException? Failure { get; init; }

    internal async Task<(AstroTokenRotation Result, AstroException? Failure)> RunAsync(RotationScene scene, ISecretVault vault)
    {
        var watch = Stopwatch.StartNew();
        var result = new AstroTokenRotation
        {
            OldId = OldId,
            Name = Candidate.Token?.Name ?? "",
            Strategy = scene.Request.Strategy,
            Status = AstroRotationStatus.Skipped,
            Vault = Candidate.Vault,
            SecretName = Candidate.SecretName,
            ExpiresOn = Listed?.EndAt,
        };
        AstroException? failure = null;
        try
        {
            await RunAsync(scene, vault, result);
        }
        catch (AstroException e)
        {
            failure = e;
            result.Status = e.ErrorId == nameof(Strings.RotationRolledBack) ? AstroRotationStatus.RolledBack : AstroRotationStatus.Failed;
            result.Reason = e.Message;
            result.ErrorId = e.ErrorId;
        }

        result.Duration = watch.Elapsed;
        return (result, failure);
    }

    private async Task RunAsync(RotationScene scene, ISecretVault vault, AstroTokenRotation result)
    {
        if (Failure is not null)
            throw Failure;
        if (Skip is not null)
        {
            result.Reason = Skip;
            return;
        }

        if (IsRetiring)
        {
            result.Status = await new Retirement(scene).RunAsync(OldId, result);
            return;
        }

        var keeper = Candidate is { Vault: { } vaultName, SecretName: { } secretName } ? new Keeper(scene, vault, vaultName, secretName) : null;
        for (var round = 1; ; round++)
        {
            if (await TryAsync(scene, keeper, result))
                return;
            if (round == MostRounds)
            {
                result.Status = AstroRotationStatus.Skipped;
                result.Reason = "other runs are rotating it";
                return;
            }
        }
    }

    /// <returns>False: begin again.</returns>
    private async Task<bool> TryAsync(RotationScene scene, Keeper? keeper, AstroTokenRotation result)
    {
        var recovery = new Recovery(scene, keeper);
        var isClean = IsClean(scene);
        var settled = isClean ? Settled.Nothing : await SettleAsync(recovery);
        var token = isClean ? Listed : recovery.Token;
        result.Reason = recovery.Reason;
        switch (settled)
        {
            case Settled.Busy:
                result.Status = AstroRotationStatus.Skipped;
                return true;
            case Settled.Completed:
                result.Status = AstroRotationStatus.Rotated;
                result.NewId = token!.Id;
                result.ExpiresOn = token.EndAt;
                result.OldTokenRetiresOn = recovery.RetiresOn;
                if (recovery.RetiresOn <= scene.Now)
                    await new Retirement(scene).RunAsync(OldId, result);
                return true;
        }

        if (token is null)
            throw new AstroException(nameof(Strings.RotationTokenNotFound), Strings.Format(Strings.RotationTokenNotFound, OldId, scene.Api.Call.Connection.Name), AstroErrorCategory.ObjectNotFound, OldId);
        if (scene.Request.Recover && settled != Settled.ValueLost)
        {
            result.Status = settled == Settled.Undone ? AstroRotationStatus.RolledBack : AstroRotationStatus.Skipped;
            result.Reason ??= "there is nothing to recover";
            return true;
        }

        if (keeper is null)
            throw new AstroException(nameof(Strings.RotationVaultNeeded), Strings.Format(Strings.RotationVaultNeeded, token.Name, token.Id, token.Id), AstroErrorCategory.InvalidArgument, token.Name);
        if (settled != Settled.ValueLost && Schedule.WhyNot(token, scene.Request, scene.Now) is { } why)
        {
            result.Status = AstroRotationStatus.Skipped;
            result.Reason = result.Reason is null ? why : $"{result.Reason}; {why}";
            return true;
        }

        result.Reason = null;
        OwnToken.Check(scene, token);
        return scene.Request.Strategy == AstroRotationStrategy.InPlace || IsInPlaceLeft(token)
            ? await new InPlaceRotation(scene, keeper, result).RunAsync(token)
            : await new OverlapRotation(scene, keeper, result).RunAsync(token);
    }

    // A value that Astro's rotation has made and nobody has is made good in the same way: nothing has to overlap any more.
    private static bool IsInPlaceLeft(ApiTokenAnswer token) => Claim.Read(token) is { Verb: Claim.Rotating };

    private async Task<Settled> SettleAsync(Recovery recovery)
    {
        try
        {
            return await recovery.SettleAsync(OldId);
        }
        catch (AstroException e) when (!e.ErrorId.StartsWith("Rotation", System.StringComparison.Ordinal))
        {
            throw Failing.Unfinished(recovery.Token ?? Listed ?? new ApiTokenAnswer { Id = OldId, Name = OldId }, $"what an earlier run left cannot be settled now ({e.Message.TrimEnd('.')})", e);
        }
    }

    // Without leavings in the list there is nothing to ask; what came since then shows in the run's own steps.
    private bool IsClean(RotationScene scene) =>
        Listed is not null && scene.Table.Find(OldId) is { } known && Claim.Read(known) is null && scene.Table.SuccessorsOf(OldId).Count == 0;
}
