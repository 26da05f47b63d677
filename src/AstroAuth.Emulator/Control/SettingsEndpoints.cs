using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Hosting;
using AstroAuth.Emulator.Login;

namespace AstroAuth.Emulator.Control;

/// <summary>The settings as they are now.</summary>
internal sealed record SettingsView(
    int AccessTokenLifetimeSeconds, bool EnforceRateLimits, int LatencyMs, bool RevokeOnRefreshReuse,
    int CreateSeconds, int DeploySeconds, int RunQueuedSeconds, int RunRunningSeconds, int UploadUrlLifetimeSeconds, bool RenewUploadUrl, int AdvanceSecondsPerRequest,
    bool RefuseDirectAccess,
    bool DeviceCode, int DeviceCodeIntervalSeconds, int DeviceCodeLifetimeSeconds, string IdToken);

/// <summary>Changes how the emulator behaves; what is left out stays.</summary>
internal static class SettingsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(ControlApi.Root + "/settings", ChangeAsync);

    private static async Task<IResult> ChangeAsync(HttpContext context, EmulatorSettings settings)
    {
        var body = await RequestBody.ReadAsync(context);
        var lifetime = body.Number("accessTokenLifetimeSeconds", 1);
        var limits = body.Flag("enforceRateLimits");
        var latency = body.Number("latencyMs", 0, 60_000);
        var revoke = body.Flag("revokeOnRefreshReuse");
        var create = body.Number("createSeconds", 0);
        var deploy = body.Number("deploySeconds", 0);
        var queued = body.Number("runQueuedSeconds", 0);
        var running = body.Number("runRunningSeconds", 0);
        var upload = body.Number("uploadUrlLifetimeSeconds", 0);
        var renew = body.Flag("renewUploadUrl");
        var advance = body.Number("advanceSecondsPerRequest", 0);
        var direct = body.Flag("refuseDirectAccess");
        var device = body.Flag("deviceCode");
        var interval = body.Number("deviceCodeIntervalSeconds", 0, 60);
        var codeLifetime = body.Number("deviceCodeLifetimeSeconds", 1);
        var idToken = body.Choice("idToken", required: false, IdTokenFaults.All);
        body.Done();

        settings.AccessTokenLifetimeSeconds = lifetime ?? settings.AccessTokenLifetimeSeconds;
        settings.EnforceRateLimits = limits ?? settings.EnforceRateLimits;
        settings.LatencyMilliseconds = latency ?? settings.LatencyMilliseconds;
        settings.RevokeOnRefreshReuse = revoke ?? settings.RevokeOnRefreshReuse;
        settings.CreateSeconds = create ?? settings.CreateSeconds;
        settings.DeploySeconds = deploy ?? settings.DeploySeconds;
        settings.RunQueuedSeconds = queued ?? settings.RunQueuedSeconds;
        settings.RunRunningSeconds = running ?? settings.RunRunningSeconds;
        settings.UploadUrlLifetimeSeconds = upload ?? settings.UploadUrlLifetimeSeconds;
        settings.RenewUploadUrl = renew ?? settings.RenewUploadUrl;
        settings.AdvanceSecondsPerRequest = advance ?? settings.AdvanceSecondsPerRequest;
        settings.RefuseDirectAccess = direct ?? settings.RefuseDirectAccess;
        settings.DeviceCode = device ?? settings.DeviceCode;
        settings.DeviceCodeIntervalSeconds = interval ?? settings.DeviceCodeIntervalSeconds;
        settings.DeviceCodeLifetimeSeconds = codeLifetime ?? settings.DeviceCodeLifetimeSeconds;
        settings.IdToken = idToken ?? settings.IdToken;
        return Answer.Json(
            new SettingsView(
                settings.AccessTokenLifetimeSeconds, settings.EnforceRateLimits, settings.LatencyMilliseconds, settings.RevokeOnRefreshReuse,
                settings.CreateSeconds, settings.DeploySeconds, settings.RunQueuedSeconds, settings.RunRunningSeconds, settings.UploadUrlLifetimeSeconds,
                settings.RenewUploadUrl, settings.AdvanceSecondsPerRequest,
                settings.RefuseDirectAccess, settings.DeviceCode, settings.DeviceCodeIntervalSeconds, settings.DeviceCodeLifetimeSeconds, settings.IdToken),
            EmulatorJson.Default.SettingsView);
    }
}
