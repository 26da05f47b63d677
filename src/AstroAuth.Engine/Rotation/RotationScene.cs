using System;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Platform;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>What the steps of a run share: whom they call as, what was asked for, and what is known of the tokens.</summary>
internal sealed class RotationScene
{
    // From the moment a new value is kept a rotation is seen through; each request may take this long.
    private const int SeenThroughTimeoutSec = 30;

    internal RotationScene(ApiClient api, AstroPlace organization, AstroRotationRequest request, Runner runner, TokenTable table)
    {
        Api = api;
        Organization = organization;
        Request = request;
        Runner = runner;
        Table = table;
    }

    internal ApiClient Api { get; }

    internal AstroPlace Organization { get; }

    internal AstroRotationRequest Request { get; }

    internal Runner Runner { get; }

    internal TokenTable Table { get; }

    /// <summary>The id of the run under way.</summary>
    internal string Run { get; init; } = "";

    internal DateTimeOffset Now => Api.Session.ServerClock.GetUtcNow();

    internal ApiTokens Tokens => new(Api, Organization.Id);

    /// <summary>The same, not to be stopped.</summary>
    internal RotationScene Unstoppable() =>
        new(Api.Unstoppable(SeenThroughTimeoutSec), Organization, Request, Runner, Table) { Run = Run };

    internal Claim NewClaim(string verb, string secretName) =>
        new() { Verb = verb, Run = Run, Host = Runner.Host, Process = Runner.Process, In = Claim.Hash(secretName) };

    /// <summary>Whether somebody else may still be at work on a token's claim.</summary>
    internal bool IsLiveElsewhere(Claim claim, ApiTokenAnswer token) =>
        claim.Run != Run && claim.Run.Length > 0 && Runner.IsLive(claim, Now - (claim.At ?? token.CreatedAt));

    /// <summary>The token as it is now, or null when it is gone.</summary>
    internal async Task<ApiTokenAnswer?> FindAsync(string id)
    {
        try
        {
            return await Tokens.GetAsync(id);
        }
        catch (AstroApiException e) when (e.StatusCode == 404)
        {
            return null;
        }
    }

    /// <summary>Tries a value where tokens of this kind are let in.</summary>
    /// <exception cref="AstroException">Astro cannot be asked: nothing may be concluded.</exception>
    internal Task<Proof> AskAsync(ApiTokenAnswer token, SecureString value, AstroCredentialSource source, string where) =>
        token.Kind == ApiTokenPlan.DirectAccess && TokenTable.OwnerOf(token) is { } deployment
            ? new TokenProof(Api).AskAirflowAsync(value, Organization.Id, deployment, source, where)
            : new TokenProof(Api).AskAsync(value, source, where);

    /// <summary>Gives up when another machine could soon take the claim for dead.</summary>
    /// <exception cref="AstroException">RotationTooSlow.</exception>
    internal void CheckAge(DateTimeOffset since, string target)
    {
        if (IsLate(since))
        {
            throw new AstroException(
                nameof(Strings.RotationTooSlow),
                Strings.Format(Strings.RotationTooSlow, Days.Say(TimeSpan.FromTicks(Runner.Lease.Ticks / 2))),
                AstroErrorCategory.OperationTimeout,
                target);
        }
    }

    internal bool IsLate(DateTimeOffset since) => (Now - since).Ticks > Runner.Lease.Ticks / 2;

    /// <summary>A wait of about this long, so that two who met do not meet again.</summary>
    internal Task PauseAsync(int milliseconds, CancellationToken cancellationToken)
    {
        var jitter = BitConverter.ToUInt16(Guid.NewGuid().ToByteArray(), 0) % (milliseconds + 1);
        return Api.Session.Clock.PauseAsync(TimeSpan.FromMilliseconds((milliseconds / 2) + jitter), cancellationToken);
    }
}
