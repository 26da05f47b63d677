using System.Security.Cryptography;
using System.Text;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Login;

/// <summary>The two steps of the login page.</summary>
internal static class LoginEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/u/login/{step}", Show);
        routes.MapPost("/u/login/{step}", SubmitAsync);
    }

    public static string StartPath(LoginSession session) => "/u/login/identifier?session=" + session.Id;

    private static IResult Show(HttpContext context, string step, LoginSessions sessions)
    {
        if (sessions.Find(context, context.Request.Query["session"]) is not { } session)
            return LoginPage.Gone(context);
        return step == "password" && session.Stage == LoginStage.Password
            ? LoginPage.Password(context, session, null)
            : LoginPage.Identifier(context, session, null);
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, string step, LoginSessions sessions, AstroDirectory directory)
    {
        if (!context.Request.HasFormContentType)
            return LoginPage.Gone(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (sessions.Find(context, form["session"]) is not { } session || form["form_secret"] != session.FormSecret)
            return LoginPage.Gone(context);

        if (form["action"] == "cancel")
        {
            session.Stage = LoginStage.Cancelled;
            return Results.Redirect(session.Return);
        }

        return step == "password" && session.Stage == LoginStage.Password
            ? TakePassword(context, session, form["password"].ToString(), directory)
            : TakeEmail(context, session, form["email"].ToString().Trim());
    }

    private static IResult TakeEmail(HttpContext context, LoginSession session, string email)
    {
        session.Email = email;
        if (!email.Contains('@', StringComparison.Ordinal))
            return LoginPage.Identifier(context, session, "Enter an email address.");
        session.Stage = LoginStage.Password;
        return Results.Redirect("/u/login/password?session=" + session.Id);
    }

    private static IResult TakePassword(HttpContext context, LoginSession session, string password, AstroDirectory directory)
    {
        // Whether the email or the password was wrong is nobody's business.
        if (directory.UserByEmail(session.Email) is not { Status: "ACTIVE" } user || !Same(password, user.Password))
            return LoginPage.Password(context, session, "Wrong email or password.");
        session.User = user;
        session.Stage = LoginStage.Succeeded;
        return Results.Redirect(session.Return);
    }

    private static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
