using System.Collections.Concurrent;
using AstroAuth.Emulator.Hosting;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AstroAuth.Emulator.Login;

/// <summary>What OpenIddict leaves open of device codes: whether they are offered at all, how long they live and how often one may ask.</summary>
internal sealed class DeviceCodeRules(EmulatorSettings settings, TimeProvider clock)
    : IOpenIddictServerHandler<HandleConfigurationRequestContext>, IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidateTokenRequestContext>, IOpenIddictServerHandler<ProcessSignInContext>,
        IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>
{
    private readonly ConcurrentDictionary<string, Pace> _paces = new(StringComparer.Ordinal);

    public static void Register(OpenIddictServerBuilder server) => server
        .AddEventHandler<HandleConfigurationRequestContext>(h => h.UseSingletonHandler<DeviceCodeRules>().SetOrder(int.MaxValue))
        .AddEventHandler<ValidateDeviceAuthorizationRequestContext>(h => h.UseSingletonHandler<DeviceCodeRules>().SetOrder(int.MinValue + 2))
        .AddEventHandler<ValidateTokenRequestContext>(h => h.UseSingletonHandler<DeviceCodeRules>().SetOrder(int.MinValue + 2))
        .AddEventHandler<ProcessSignInContext>(h => h.UseSingletonHandler<DeviceCodeRules>().SetOrder(int.MinValue + 1))
        .AddEventHandler<ApplyDeviceAuthorizationResponseContext>(h => h.UseSingletonHandler<DeviceCodeRules>().SetOrder(int.MinValue));

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        if (!settings.DeviceCode)
        {
            context.DeviceAuthorizationEndpoint = null;
            context.GrantTypes.Remove(GrantTypes.DeviceCode);
        }

        return default;
    }

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        RefuseWhenOff(context);
        return default;
    }

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsDeviceCodeGrantType() || context.Request.DeviceCode is not { } code)
            return default;
        RefuseWhenOff(context);
        if (_paces.TryGetValue(code, out var pace) && !pace.MayAsk(clock.GetUtcNow()))
            context.Reject(Errors.SlowDown, "You are polling faster than the specified interval.");
        return default;
    }

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.DeviceAuthorization && context.Principal is { } principal)
        {
            var lifetime = TimeSpan.FromSeconds(settings.DeviceCodeLifetimeSeconds);
            principal.SetDeviceCodeLifetime(lifetime).SetUserCodeLifetime(lifetime)
                .SetClaim(AuthorizeEndpoint.AudienceClaim, (string?)context.Request[ParameterGuard.LiftedAudience]);
        }

        return default;
    }

    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context)
    {
        context.Response.ErrorUri = null;
        if (context.Response.DeviceCode is not { } code)
            return default;
        context.Response["interval"] = settings.DeviceCodeIntervalSeconds;
        // OpenIddict counts from the moment of writing and so loses a second.
        context.Response.ExpiresIn = settings.DeviceCodeLifetimeSeconds;
        _paces[code] = new(clock.GetUtcNow(), TimeSpan.FromSeconds(settings.DeviceCodeIntervalSeconds));
        return default;
    }

    private void RefuseWhenOff(BaseValidatingContext context)
    {
        if (!settings.DeviceCode)
            context.Reject(Errors.UnauthorizedClient, $"Grant type '{GrantTypes.DeviceCode}' not allowed for the client.");
    }

    /// <summary>How often one code may be asked about; whoever asks too soon has to wait longer from then on (RFC 8628, 3.5).</summary>
    private sealed class Pace(DateTimeOffset since, TimeSpan interval)
    {
        private readonly Lock _gate = new();
        private DateTimeOffset _since = since;
        private TimeSpan _interval = interval;

        public bool MayAsk(DateTimeOffset now)
        {
            lock (_gate)
            {
                var may = now - _since >= _interval;
                _since = now;
                if (!may)
                    _interval += TimeSpan.FromSeconds(5);
                return may;
            }
        }
    }
}
