using System;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>A person who signed in; renewed in silence for as long as the login service allows.</summary>
internal sealed class UserCredential : RenewedCredential
{
    private readonly LoginProvider _provider;
    private readonly MsalAdapter _login;
    private readonly TimeProvider _clock;
    private string? _accountId;
    private string? _subject;
    private string? _user;
    private string? _refused;

    internal UserCredential(LoginProvider provider, MsalAdapter login, TimeProvider clock)
        : base(clock)
    {
        _provider = provider;
        _login = login;
        _clock = clock;
    }

    internal override AstroCredentialKind Kind => AstroCredentialKind.User;

    internal override string? Scope => null;

    internal override string? User => Volatile.Read(ref _user);

    // Each login is a session of its own with the provider.
    internal override bool IsSameAs(Credential other) => ReferenceEquals(this, other);

    internal override bool Refused(Bearer bearer)
    {
        Volatile.Write(ref _refused, bearer.Value);
        return base.Refused(bearer);
    }

    /// <summary>Signs the person in; nothing is kept of an answer that is not this login's.</summary>
    internal async Task SignInAsync(AstroSession session, InteractiveLogin ui, string? loginHint, AstroCall call)
    {
        var document = await ProviderDocument.ReadAsync(session, _provider, call).ConfigureAwait(false);
        var keys = await document.ReadKeysAsync(call).ConfigureAwait(false);
        IdToken? token = null;
        var tokens = await _login.SignInAsync(
            ui,
            loginHint,
            text =>
            {
                token = IdToken.Parse(text, _provider);
                token.CheckSignature(keys);
                token.CheckClaims(document.Issuer, _clock.GetUtcNow());
                token.CheckNonce(ui.Nonce);
                return Task.CompletedTask;
            },
            call).ConfigureAwait(false);
        _accountId = tokens.AccountId;
        _subject = token!.Subject;
        Volatile.Write(ref _user, token.UserName);
        Keep(tokens.ToBearer());
    }

    private protected override async Task<Bearer> RenewAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call)
    {
        var refused = Volatile.Read(ref _refused);
        var tokens = await _login.RenewAsync(
            _accountId!,
            at => at.AccessToken != refused && at.ToBearer().LivesFor(minimumLifetime, _clock.GetUtcNow()),
            CheckRenewed,
            call).ConfigureAwait(false);
        return tokens.ToBearer();
    }

    // A renewal need not bring an id_token; one that comes must still be of the same person.
    private Task CheckRenewed(string? text)
    {
        if (text is null)
            return Task.CompletedTask;
        var token = IdToken.Parse(text, _provider);
        token.CheckClaims(_provider.Authority.AbsoluteUri, _clock.GetUtcNow());
        if (_subject is not null && token.Subject != _subject)
            throw _provider.Reject("its id_token is of another person");
        return Task.CompletedTask;
    }
}
