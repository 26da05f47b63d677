using AstroAuth.Emulator.Airflow;
using AstroAuth.Emulator.Blob;
using AstroAuth.Emulator.Control;

namespace AstroAuth.Emulator.Login;

/// <summary>Keeps OpenIddict to what is a login's: making it ready and asking it costs more than all the rest of a start.</summary>
internal static class LoginPipeline
{
    private static readonly PathString[] Others = ["/v1", ControlApi.Root, UploadAddress.Root, AirflowCall.Prefix];

    public static void UseLogin(this WebApplication app)
    {
        // Without it the application would put the middleware before everything, for every path.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(context => !Array.Exists(Others, other => context.Request.Path.StartsWithSegments(other)), login =>
        {
            login.UseMiddleware<LoginClients>();
            login.UseAuthentication();
        });
    }
}
