using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>A person who signed in; renewed in silence for as long as the login service allows.</summary>
internal sealed class UserCredential : RenewedCredential
{
    private readonly LoginProvider _provider;
    private readonly MsalAdapter _login;
    private readonly TimeProvider _clock;
    private readonly bool _isSaved;
    private SavedSession _known;
    private string? _refused;

    /// <param name="provider">The login.</param>
    /// <param name="login">The adapter of the login library.</param>
    /// <param name="known">What is known of the session so far.</param>
    /// <param name="isSaved">Whether the session outlives the process.</param>
    /// <param name="clock">The time.</param>
    internal UserCredential(LoginProvider provider, MsalAdapter login, SavedSession known, bool isSaved, TimeProvider clock)
        : base(clock)
    {
        _provider = provider;
        _login = login;
        _known = known;
        _isSaved = isSaved;
        _clock = clock;
    }

    /// <summary>What is known of the session: whose it is and where it last worked.</summary>
    internal SavedSession Known => Volatile.Read(ref _known);

    internal override AstroCredentialKind Kind => AstroCredentialKind.User;

    internal override string? Scope => null;

    internal override string? User => Known.User;

    // Each login is a session of its own with the provider.
    internal override bool IsSameAs(Credential other) => ReferenceEquals(this, other);

    internal override bool Refused(Bearer bearer)
    {
        Volatile.Write(ref _refused, bearer.Value);
        return base.Refused(bearer);
    }

    /// <summary>Signs the person in by the web page; nothing is kept of an answer that is not this login's.</summary>
    internal async Task SignInAsync(ProviderDocument document, InteractiveLogin ui, string? loginHint, AstroCall call)
    {
        var keys = await document.ReadKeysAsync(call).ConfigureAwait(false);
        IdToken? token = null;
        var tokens = await _login.SignInAsync(
            ui,
            loginHint,
            text =>
            {
                token = Check(text, document, keys);
                token.CheckNonce(ui.Nonce);
                return Task.CompletedTask;
            },
            call).ConfigureAwait(false);
        Keep(tokens, token!, call);
    }

    /// <summary>Signs the person in by a code; the same is checked but for the nonce, which this way does not have.</summary>
    internal async Task SignInAsync(ProviderDocument document, DeviceLogin device, AstroCall call)
    {
        var keys = await document.ReadKeysAsync(call).ConfigureAwait(false);
        var granted = await device.WaitAsync().ConfigureAwait(false);
        var token = Check(granted.IdToken, document, keys);
        var tokens = await _login.AdoptAsync(
            granted.RefreshToken,
            text => Check(text, document, keys).Subject == token.Subject
                ? Task.CompletedTask
                : throw _provider.Reject("its id_token is of another person"),
            call).ConfigureAwait(false);
        Keep(tokens, token, call);
    }

    /// <summary>Keeps what is known, for the next process too.</summary>
    internal void Remember(SavedSession known, IAstroSink sink)
    {
        known = known with { LastUsedOn = _clock.GetUtcNow() };
        Volatile.Write(ref _known, known);
        if (!_isSaved)
            return;
        try
        {
            SavedSessions.Write(known);
        }
        catch (Exception e) when (PrivateFiles.IsProblem(e))
        {
            sink.Warning($"The session '{known.Name}' cannot be saved and ends with this process: {e.Message}");
        }
    }

    /// <summary>Ends the session at the login service as far as that can be done, and here in any case.</summary>
    internal async Task SignOutAsync(AstroSession session, AstroCall call)
    {
        var refreshToken = await _login.ForgetAsync(call).ConfigureAwait(false);
        Volatile.Write(ref _known, Known with { AccountId = "" });
        Drop();
        if (_isSaved)
            SavedSessions.Delete(Known.Name);
        if (refreshToken is not null)
            await new Revocation(session, _provider, call).TryAsync(refreshToken).ConfigureAwait(false);
    }

    private protected override async Task<Bearer> RenewAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call)
    {
        var refused = Volatile.Read(ref _refused);
        var wanted = minimumLifetime > RenewalMargin ? minimumLifetime : RenewalMargin;
        var tokens = await _login.RenewAsync(
            Known.AccountId,
            at => at.AccessToken != refused && at.ToBearer().LivesFor(wanted, _clock.GetUtcNow()),
            CheckRenewed,
            call).ConfigureAwait(false);
        return tokens.ToBearer();
    }

    private IdToken Check(string? text, ProviderDocument document, IReadOnlyList<KeyAnswer> keys)
    {
        var token = IdToken.Parse(text, _provider);
        token.CheckSignature(keys);
        token.CheckClaims(document.Issuer, _clock.GetUtcNow());
        return token;
    }

    private void Keep(LoginTokens tokens, IdToken token, AstroCall call)
    {
        Keep(tokens.ToBearer());
        Remember(Known with { AccountId = tokens.AccountId, Subject = token.Subject, User = token.UserName }, call.Sink);
    }

    // A renewal need not bring an id_token; one that comes must still be of the same person.
    private Task CheckRenewed(string? text)
    {
        if (text is null)
            return Task.CompletedTask;
        var token = IdToken.Parse(text, _provider);
        token.CheckClaims(_provider.Authority.AbsoluteUri, _clock.GetUtcNow());
        if (Known.Subject is { } subject && token.Subject != subject)
            throw _provider.Reject("its id_token is of another person");
        return Task.CompletedTask;
    }
}
