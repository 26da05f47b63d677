using AstroAuth.Emulator.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace AstroAuth.Emulator.Login;

/// <summary>Tokens whose family is revoked on reuse only while the settings say so.</summary>
internal sealed class FamilyTokenManager<TToken>(
    IOpenIddictTokenCache<TToken> cache, ILogger<OpenIddictTokenManager<TToken>> logger, IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictTokenStore<TToken> store, EmulatorSettings settings)
    : OpenIddictTokenManager<TToken>(cache, logger, options, store)
    where TToken : class
{
    public override ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken = default) =>
        settings.RevokeOnRefreshReuse ? base.RevokeByAuthorizationIdAsync(identifier, cancellationToken) : new(0L);
}

/// <summary>Grants that are revoked on reuse only while the settings say so.</summary>
internal sealed class FamilyAuthorizationManager<TAuthorization>(
    IOpenIddictAuthorizationCache<TAuthorization> cache, ILogger<OpenIddictAuthorizationManager<TAuthorization>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options, IOpenIddictAuthorizationStore<TAuthorization> store, EmulatorSettings settings)
    : OpenIddictAuthorizationManager<TAuthorization>(cache, logger, options, store)
    where TAuthorization : class
{
    public override ValueTask<bool> TryRevokeAsync(TAuthorization authorization, CancellationToken cancellationToken = default) =>
        settings.RevokeOnRefreshReuse ? base.TryRevokeAsync(authorization, cancellationToken) : new(true);
}
