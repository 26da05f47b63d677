using System;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
#if !NET
using AstroAuth.Engine.Platform;
#endif

namespace AstroAuth.Engine.Authentication;

/// <summary>
/// A credential that gives short-lived access tokens: one is kept in memory and renewed when it comes to its end, once for
/// any number of callers.
/// </summary>
internal abstract class RenewedCredential : Credential
{
    /// <summary>Renewed when less than this remains, as astro-cli does.</summary>
    internal static readonly TimeSpan RenewalMargin = TimeSpan.FromMinutes(5);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private Bearer? _bearer;
    private AstroTokenInfo? _info;
    private Task<Bearer>? _renewal;

    private protected RenewedCredential(TimeProvider clock) => _clock = clock;

    internal override AstroTokenInfo? Info => Volatile.Read(ref _info);

    internal override Bearer? TryGet(TimeSpan minimumLifetime, string connection)
    {
        var wanted = minimumLifetime > RenewalMargin ? minimumLifetime : RenewalMargin;
        return Volatile.Read(ref _bearer) is { } bearer && bearer.LivesFor(wanted, _clock.GetUtcNow()) ? bearer : null;
    }

    internal override async Task<Bearer> GetAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call)
    {
        if (TryGet(minimumLifetime, call.Connection.Name) is { } cached)
            return cached;

        Task<Bearer> renewal;
        lock (_gate)
        {
            if (TryGet(minimumLifetime, call.Connection.Name) is { } renewed)
                return renewed;

            // The renewal outlives a caller that gives up: others wait for the same one.
            renewal = _renewal is { IsCompleted: false } running
                ? running
                : _renewal = Task.Run(() => KeepAsync(session, minimumLifetime, call), CancellationToken.None);
        }

        var bearer = await renewal.WaitAsync(call.CancellationToken);
        var now = _clock.GetUtcNow();
        if (bearer.LivesFor(minimumLifetime, now))
            return bearer;

        throw new AstroCredentialException(
            nameof(Strings.AccessTokenTooShort),
            Strings.Format(
                Strings.AccessTokenTooShort,
                "access token",
                call.Connection.Name,
                Days.Say(bearer.ExpiresOn!.Value - now),
                Days.Say(bearer.ExpiresOn.Value),
                Days.Say(minimumLifetime)),
            call.Connection.Name);
    }

    internal override bool Refused(Bearer bearer) => Interlocked.CompareExchange(ref _bearer, null, bearer) == bearer;

    /// <summary>Asks for a new bearer; the call's token is never cancelled.</summary>
    private protected abstract Task<Bearer> RenewAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call);

    /// <summary>Keeps a bearer that has just come.</summary>
    private protected void Keep(Bearer bearer)
    {
        Volatile.Write(ref _info, TokenReader.TryRead(bearer.Value, _clock.GetUtcNow(), out _));
        Volatile.Write(ref _bearer, bearer);
    }

    /// <summary>Forgets the bearer at hand.</summary>
    private protected void Drop() => Volatile.Write(ref _bearer, null);

    private async Task<Bearer> KeepAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call)
    {
        var bearer = await RenewAsync(session, minimumLifetime, new AstroCall(call.Connection, call.Sink, CancellationToken.None));
        Keep(bearer);
        return bearer;
    }
}
