using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.Extensibility;

namespace AstroAuth.Engine.Authentication.UserLogin;

#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing.
/// <summary>
/// The login library as a plain OpenID Connect client: PKCE, code exchange, renewal and its cache. Only standard
/// parameters and audience go over the wire. One call at a time.
/// </summary>
internal sealed class MsalAdapter
#pragma warning restore CA1001
{
    private readonly LoginProvider _provider;
    private readonly LoginHttp _http = new();
    private readonly SessionStore? _store;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IPublicClientApplication? _app;

    /// <param name="provider">The login.</param>
    /// <param name="store">Where the tokens outlive the process; null for memory only.</param>
    internal MsalAdapter(LoginProvider provider, SessionStore? store)
    {
        _provider = provider;
        _store = store;
    }

    // Made when the library is needed: a saved session whose access token lives does without it.
    private IPublicClientApplication App => _app ??= CreateApp();

    // The audience is part of the cache's key, so every call has to name it.
    private Dictionary<string, (string Value, bool IncludeInCacheKey)> Extra => new() { ["audience"] = (_provider.Audience, true) };

    /// <summary>Signs in by the web page that <paramref name="ui" /> shows.</summary>
    internal Task<LoginTokens> SignInAsync(InteractiveLogin ui, string? loginHint, Func<string?, Task> checkIdToken, AstroCall call) =>
        InTurnAsync(call, checkIdToken, async () =>
        {
            var request = App.AcquireTokenInteractive(LoginProvider.Scopes)
                .WithPrompt(Prompt.ForceLogin)
                .WithExtraQueryParameters(Extra)
                .WithCustomWebUi(ui);
            if (loginHint is not null)
                request = request.WithLoginHint(loginHint);
            return await KeepAsync(() => request.OnBeforeTokenRequest(Clean).ExecuteAsync(call.CancellationToken), call).ConfigureAwait(false);
        });

    /// <summary>Makes the library's session of a refresh token that came another way; the token is used up by it.</summary>
    internal Task<LoginTokens> AdoptAsync(string refreshToken, Func<string?, Task> checkIdToken, AstroCall call) =>
        InTurnAsync(call, checkIdToken, async () =>
        {
            var request = ((IByRefreshToken)App).AcquireTokenByRefreshToken(LoginProvider.Scopes, refreshToken).WithExtraQueryParameters(Extra);
            return await KeepAsync(() => request.OnBeforeTokenRequest(Clean).ExecuteAsync(call.CancellationToken), call).ConfigureAwait(false);
        });

    /// <summary>Gives the access token at hand, or renews it when it is refused by <paramref name="isGood" />.</summary>
    /// <exception cref="AstroException">LoginSessionEnded, or a failure on the way.</exception>
    internal Task<LoginTokens> RenewAsync(string accountId, Func<LoginTokens, bool> isGood, Func<string?, Task> checkIdToken, AstroCall call) =>
        InTurnAsync(call, checkIdToken, async () =>
        {
            if (_store?.ReadAccessToken(_provider, accountId) is { } saved && isGood(saved))
                return saved;
            // Inside the lock the cache is read again and shows what another process has just renewed.
            using var renewal = _store is null ? null : await _store.LockAsync(call.CancellationToken).ConfigureAwait(false);
            var accounts = await App.GetAccountsAsync().ConfigureAwait(false);
            var account = accounts.FirstOrDefault(a => a.HomeAccountId.Identifier == accountId)
                ?? throw MsalFailure.SessionEnded(call.Connection.Name, "it was signed out");
            var tokens = await RenewOnceAsync(account, force: false, call).ConfigureAwait(false);
            return tokens.IsNew || isGood(tokens) ? tokens : await RenewOnceAsync(account, force: true, call).ConfigureAwait(false);
        });

    /// <summary>Forgets the session and gives the refresh token it had, to be revoked.</summary>
    internal Task<string?> ForgetAsync(AstroCall call) => InTurnAsync(call, _ => Task.CompletedTask, async () =>
    {
        using var renewal = _store is null ? null : await _store.LockAsync(call.CancellationToken).ConfigureAwait(false);
        var refreshToken = _store is null ? _http.RefreshToken : _store.ReadRefreshToken();
        await RemoveOthersAsync("").ConfigureAwait(false);
        _store?.Clear(call.Sink);
        return refreshToken;
    });

    // A connection's session is one person's.
    private async Task<LoginTokens> KeepAsync(Func<Task<AuthenticationResult>> login, AstroCall call)
    {
        var result = await MsalFailure.RunAsync(login, _provider, call.CancellationToken).ConfigureAwait(false);
        await RemoveOthersAsync(result.Account.HomeAccountId.Identifier).ConfigureAwait(false);
        return ToTokens(result);
    }

    private async Task<LoginTokens> RenewOnceAsync(IAccount account, bool force, AstroCall call) => ToTokens(await MsalFailure.RunAsync(
        () => App.AcquireTokenSilent(LoginProvider.Scopes, account)
            .WithForceRefresh(force)
            .WithExtraQueryParameters(Extra)
            .OnBeforeTokenRequest(Clean)
            .ExecuteAsync(call.CancellationToken),
        _provider,
        call.Connection.Name,
        call.CancellationToken).ConfigureAwait(false));

    private async Task RemoveOthersAsync(string accountId)
    {
        foreach (var account in await App.GetAccountsAsync().ConfigureAwait(false))
        {
            if (account.HomeAccountId.Identifier != accountId)
                await App.RemoveAsync(account).ConfigureAwait(false);
        }
    }

    private async Task<T> InTurnAsync<T>(AstroCall call, Func<string?, Task> checkIdToken, Func<Task<T>> work)
    {
        await _turn.WaitAsync(call.CancellationToken).ConfigureAwait(false);
        try
        {
            _http.Call = call;
            _http.CheckIdToken = checkIdToken;
            return await work().ConfigureAwait(false);
        }
        catch (MsalException)
        {
            // Only the cache is left to fail by itself.
            throw MsalFailure.SessionEnded(call.Connection.Name, "its saved state cannot be read");
        }
        finally
        {
            _turn.Release();
        }
    }

    private IPublicClientApplication CreateApp()
    {
        // Repeating a renewal by itself would look like a stolen refresh token to the provider.
        var app = PublicClientApplicationBuilder.Create(_provider.ClientId)
            .WithExperimentalFeatures()
            .WithOidcAuthority(_provider.Authority.AbsoluteUri)
            .WithRedirectUri(LoginProvider.Callback.AbsoluteUri)
            .WithHttpClientFactory(_http, retryOnceOn5xx: false)
            .Build();
        _store?.Register(app.UserTokenCache);
        return app;
    }

    // What is left is the request of RFC 6749 and audience, nothing of the library's own.
    private Task Clean(OnBeforeTokenRequestData data)
    {
        if (data.BodyParameters.TryGetValue("grant_type", out var grant) && grant == "authorization_code")
            data.BodyParameters.Remove("scope");
        data.BodyParameters.Remove("client_info");
        data.BodyParameters["audience"] = _provider.Audience;
        data.Headers.Clear();
        data.RequestUri = new Uri(data.RequestUri.GetLeftPart(UriPartial.Path));
        return Task.CompletedTask;
    }

    private static LoginTokens ToTokens(AuthenticationResult result) => new(
        result.AccessToken,
        result.ExpiresOn,
        result.Account.HomeAccountId.Identifier,
        result.AuthenticationResultMetadata.TokenSource == TokenSource.IdentityProvider);
}
