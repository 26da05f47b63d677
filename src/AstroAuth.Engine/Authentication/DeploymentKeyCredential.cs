using System;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
#if !NET
using AstroAuth.Engine.Platform;
#endif

namespace AstroAuth.Engine.Authentication;

/// <summary>
/// A legacy Deployment API key: exchanged by client_credentials for an access token (wire contract 2.6), which is kept in
/// memory and renewed when it comes to its end, once for any number of callers.
/// </summary>
internal sealed class DeploymentKeyCredential : Credential
{
    /// <summary>Renewed when less than this remains, as astro-cli does.</summary>
    internal static readonly TimeSpan RenewalMargin = TimeSpan.FromMinutes(5);

    private readonly object _gate = new();
    private readonly string _keyId;
    private readonly string _keySecret;
    private readonly string _source;
    private readonly TimeProvider _clock;
    private Bearer? _bearer;
    private AstroTokenInfo? _info;
    private Task<Bearer>? _renewal;

    internal DeploymentKeyCredential(string keyId, string keySecret, string source, TimeProvider clock)
    {
        _keyId = keyId;
        _keySecret = keySecret;
        _source = source;
        _clock = clock;
    }

    internal override AstroCredentialKind Kind => AstroCredentialKind.DeploymentKey;

    internal override AstroTokenInfo? Info => Volatile.Read(ref _info);

    // By its very nature, whatever the claims of the exchanged token say.
    internal override string Scope => "DEPLOYMENT";

    internal override bool IsSameAs(Credential other) =>
        other is DeploymentKeyCredential key && key._keyId == _keyId && key._keySecret == _keySecret;

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

            // The exchange outlives a caller that gives up: others wait for the same one.
            renewal = _renewal is { IsCompleted: false } running
                ? running
                : _renewal = Task.Run(() => ExchangeAsync(session, call), CancellationToken.None);
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

    private async Task<Bearer> ExchangeAsync(AstroSession session, AstroCall call)
    {
        var login = new LoginService(session, new AstroCall(call.Connection, call.Sink, CancellationToken.None));
        var bearer = await login.ExchangeAsync(_keyId, _keySecret, _source);
        Volatile.Write(ref _info, TokenReader.TryRead(bearer.Value, _clock.GetUtcNow(), out _));
        Volatile.Write(ref _bearer, bearer);
        return bearer;
    }
}
