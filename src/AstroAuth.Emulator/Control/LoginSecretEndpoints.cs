using AstroAuth.Emulator.Api;
using AstroAuth.Emulator.Login;

namespace AstroAuth.Emulator.Control;

/// <summary>Shows and forgets the secrets of the logins so far.</summary>
internal static class LoginSecretEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ControlApi.Root + "/login-secrets", (LoginSecretLog log) => Answer.Json(log.All, EmulatorJson.Default.IReadOnlyListLoginSecret));
        routes.MapDelete(ControlApi.Root + "/login-secrets", (LoginSecretLog log) =>
        {
            log.Clear();
            return Results.NoContent();
        });
    }
}
