using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AstroAuth.Emulator.Login;

/// <summary>Sets OpenIddict up as a stand-in for Astro's login provider.</summary>
internal static class LoginServer
{
    public static void AddLogin(this IServiceCollection services, SigningKeys keys)
    {
        services.AddSingleton<LoginSessions>().AddSingleton<LoginSecretLog>();
        services.AddDbContext<DbContext>(o => o.UseInMemoryDatabase("login").UseOpenIddict());
        services.AddOpenIddict()
            .AddCore(core =>
            {
                // The in-memory database has no bulk updates, and family revocation would fail in silence.
                core.UseEntityFrameworkCore().UseDbContext<DbContext>().DisableBulkOperations();
                core.ReplaceTokenManager(typeof(FamilyTokenManager<>));
                core.ReplaceAuthorizationManager(typeof(FamilyAuthorizationManager<>));
            })
            .AddServer(server => Configure(server, keys));
    }

    private static void Configure(OpenIddictServerBuilder server, SigningKeys keys)
    {
        // No fixed issuer: it is the address by which a client came, with the trailing slash.
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("oauth/token").SetRevocationEndpointUris("oauth/revoke");
        server.SetDeviceAuthorizationEndpointUris("oauth/device/code").SetEndUserVerificationEndpointUris(ActivateEndpoint.Path.TrimStart('/'));
        server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow().AllowDeviceAuthorizationFlow()
            .RequireProofKeyForCodeExchange();
        server.SetUserCodeCharset([.. "BCDFGHJKLMNPQRSTVWXZ".Select(c => c.ToString())]).SetUserCodeLength(8).SetUserCodeDisplayFormat("{0}{1}{2}{3}-{4}{5}{6}{7}");
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
        });
        server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess);
        server.AddSigningKey(keys.Key).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
        server.UseReferenceRefreshTokens().SetRefreshTokenReuseLeeway(TimeSpan.Zero).SetRefreshTokenLifetime(TimeSpan.FromDays(30));
        server.UseAspNetCore().DisableTransportSecurityRequirement()
            .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough();

        ParameterGuard.Register(server);
        LoginErrors.Register(server);
        DeviceCodeRules.Register(server);
        IdTokenFaults.Register(server);
        LoginSecretLog.Register(server);
        server.AddEventHandler<ProcessSignInContext>(h => h.UseSingletonHandler<AccessTokenLifetime>().SetOrder(int.MinValue));
        server.AddEventHandler<ApplyTokenResponseContext>(h => h.UseSingletonHandler<AccessTokenLifetime>().SetOrder(int.MinValue + 1));
        server.AddEventHandler<GenerateTokenContext>(h => h.UseSingletonHandler<AccessTokenShape>().SetOrder(int.MaxValue));
        server.AddEventHandler<HandleConfigurationRequestContext>(h => h.SetOrder(int.MaxValue).UseInlineHandler(context =>
        {
            context.UserInfoEndpoint = new Uri(context.BaseUri!, "userinfo");
            return default;
        }));
    }

    /// <summary>The public client of the command line tools, and the legacy key as a client of its own.</summary>
    public static async Task AddClientsAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        await applications.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = AuthConfigEndpoint.ClientId,
            ClientType = ClientTypes.Public,
            // As a native application it would be free to choose its port; Astro's login knows this one address only.
            ApplicationType = ApplicationTypes.Web,
            RedirectUris = { new Uri(AuthConfigEndpoint.Callback) },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Revocation,
                Permissions.Endpoints.DeviceAuthorization, Permissions.GrantTypes.DeviceCode,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Email, Permissions.Scopes.Profile,
            },
        });
        var key = services.GetRequiredService<AstroDirectory>().LegacyKey;
        await applications.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = key.Id,
            ClientSecret = key.Secret,
            ClientType = ClientTypes.Confidential,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
        });
    }
}
