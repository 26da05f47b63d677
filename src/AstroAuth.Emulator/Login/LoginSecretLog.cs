using System.Collections.Concurrent;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AstroAuth.Emulator.Login;

/// <summary>A value that nobody but client and login service should know.</summary>
internal sealed record LoginSecret(string Kind, string Value);

/// <summary>Every secret of the logins so far, for those who look whether a client leaks one. Made up like all that is here.</summary>
internal sealed class LoginSecretLog : IOpenIddictServerHandler<ApplyTokenResponseContext>, IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>
{
    private static readonly string[] s_kinds =
    [
        Parameters.Code, Parameters.CodeVerifier, Parameters.RefreshToken, Parameters.IdToken, Parameters.AccessToken, Parameters.DeviceCode,
    ];

    private readonly ConcurrentDictionary<LoginSecret, bool> _secrets = new();

    public IReadOnlyList<LoginSecret> All => [.. _secrets.Keys.OrderBy(s => s.Kind, StringComparer.Ordinal)];

    public static void Register(OpenIddictServerBuilder server) => server
        .AddEventHandler<ApplyTokenResponseContext>(h => h.UseSingletonHandler<LoginSecretLog>().SetOrder(int.MinValue + 3))
        .AddEventHandler<ApplyDeviceAuthorizationResponseContext>(h => h.UseSingletonHandler<LoginSecretLog>().SetOrder(int.MinValue + 1));

    public ValueTask HandleAsync(ApplyTokenResponseContext context) => Keep(context.Request, context.Response);

    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context) => Keep(context.Request, context.Response);

    public void Clear() => _secrets.Clear();

    private ValueTask Keep(params OpenIddictMessage?[] messages)
    {
        foreach (var message in messages)
        {
            foreach (var kind in s_kinds)
            {
                if (message is not null && (string?)message[kind] is { Length: > 0 } value)
                    _secrets[new(kind, value)] = true;
            }
        }

        return default;
    }
}
