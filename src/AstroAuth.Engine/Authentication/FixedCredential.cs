using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication;

/// <summary>A token that is sent as it is and cannot be renewed: an API token, or an access token a user pasted.</summary>
internal sealed class FixedCredential : Credential
{
    // A token that was made a moment ago must work where the clock is a little late.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly Bearer _bearer;
    private readonly TimeProvider _clock;
    private readonly string _source;
    private readonly AstroDomain _domain;

    private FixedCredential(AstroCredentialKind kind, string token, AstroTokenInfo info, string source, AstroDomain domain, TimeProvider clock)
    {
        Kind = kind;
        Info = info;
        _bearer = new Bearer(token, info.ExpiresOn);
        _source = source;
        _domain = domain;
        _clock = clock;
    }

    internal override AstroCredentialKind Kind { get; }

    internal override AstroTokenInfo Info { get; }

    /// <summary>Reads an API token and refuses offline what Astro would refuse.</summary>
    /// <exception cref="AstroCredentialException">TokenMalformed, NotAnApiToken, ApiTokenExpired or ApiTokenNotYetValid.</exception>
    internal static FixedCredential ApiToken(string token, string source, AstroDomain domain, TimeProvider clock)
    {
        var info = Read(token, "API token", source, clock);
        if (info.Kind != AstroCredentialKind.ApiToken)
            throw new AstroCredentialException(nameof(Strings.NotAnApiToken), Strings.Format(Strings.NotAnApiToken, source), source);

        var credential = new FixedCredential(AstroCredentialKind.ApiToken, token, info, source, domain, clock);
        credential.ThrowIfEnded();
        if (info.NotBefore is { } start && start - clock.GetUtcNow() > ClockSkew)
        {
            throw new AstroCredentialException(
                nameof(Strings.ApiTokenNotYetValid),
                Strings.Format(Strings.ApiTokenNotYetValid, info.TokenId, source, Days.Say(start), Days.Say(start - clock.GetUtcNow())),
                info.TokenId);
        }

        return credential;
    }

    /// <summary>Reads a user's access token.</summary>
    /// <exception cref="AstroCredentialException">TokenMalformed, NotAUserAccessToken or AccessTokenExpired.</exception>
    internal static FixedCredential AccessToken(string token, string source, AstroDomain domain, TimeProvider clock)
    {
        var info = Read(token, "access token", source, clock);
        if (info.Kind == AstroCredentialKind.ApiToken)
            throw new AstroCredentialException(nameof(Strings.NotAUserAccessToken), Strings.Format(Strings.NotAUserAccessToken, source, info.TokenId), info.TokenId);

        var credential = new FixedCredential(AstroCredentialKind.AccessToken, token, info, source, domain, clock);
        credential.ThrowIfEnded();
        return credential;
    }

    internal override bool IsSameAs(Credential other) =>
        other is FixedCredential fixedOther && fixedOther.Kind == Kind && fixedOther._bearer.Value == _bearer.Value;

    internal override Bearer? TryGet(TimeSpan minimumLifetime, string connection)
    {
        ThrowIfEnded();
        var now = _clock.GetUtcNow();
        if (_bearer.LivesFor(minimumLifetime, now))
            return _bearer;

        var end = _bearer.ExpiresOn!.Value;
        throw new AstroCredentialException(
            nameof(Strings.AccessTokenTooShort),
            Strings.Format(
                Strings.AccessTokenTooShort,
                Kind == AstroCredentialKind.ApiToken ? "API token" : "access token",
                connection,
                Days.Say(end - now),
                Days.Say(end),
                Days.Say(minimumLifetime)),
            connection);
    }

    internal override Task<Bearer> GetAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call) =>
        Task.FromResult(TryGet(minimumLifetime, call.Connection.Name)!);

    private static AstroTokenInfo Read(string token, string what, string source, TimeProvider clock) =>
        TokenReader.TryRead(token, clock.GetUtcNow(), out var problem)
        ?? throw new AstroCredentialException(nameof(Strings.TokenMalformed), Strings.Format(Strings.TokenMalformed, what, source, problem), source);

    private void ThrowIfEnded()
    {
        if (_bearer.ExpiresOn is not { } end || end > _clock.GetUtcNow())
            return;

        var ago = Days.Say(_clock.GetUtcNow() - end);
        throw Kind == AstroCredentialKind.ApiToken
            ? new AstroCredentialException(
                nameof(Strings.ApiTokenExpired),
                Strings.Format(Strings.ApiTokenExpired, Info.TokenId, _source, ago, Days.Say(end)),
                Info.TokenId)
            : new AstroCredentialException(
                nameof(Strings.AccessTokenExpired),
                Strings.Format(Strings.AccessTokenExpired, _source, ago, Days.Say(end), _domain.Name),
                _source);
    }
}
