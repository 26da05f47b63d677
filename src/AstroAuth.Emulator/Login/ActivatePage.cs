namespace AstroAuth.Emulator.Login;

/// <summary>The pages around a device code.</summary>
internal static class ActivatePage
{
    public static IResult Code(HttpContext context, string? error)
    {
        var problem = error is null ? "" : $"""<p class="error" role="alert">{LoginPage.Encode(error)}</p>""";
        return LoginPage.Page(context, error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, "",
            $"""
            <h1>Connect a device (emulator)</h1>
            {problem}
            <form method="get" action="{ActivateEndpoint.Path}">
            <label for="user_code">The code that the device shows</label>
            <input id="user_code" name="user_code" autocomplete="off" required autofocus>
            <button type="submit">Continue</button>
            </form>
            """);
    }

    public static IResult Confirm(HttpContext context, LoginSession session, string code) => LoginPage.Page(context, StatusCodes.Status200OK, "",
        $"""
        <h1>Is this the code that the device shows?</h1>
        <p><strong>{LoginPage.Encode(code)}</strong></p>
        <p>The device will act as {LoginPage.Encode(session.Email)}.</p>
        <form method="post" action="{ActivateEndpoint.Path}">
        <input type="hidden" name="user_code" value="{LoginPage.Encode(code)}">
        <input type="hidden" name="session" value="{session.Id}">
        <input type="hidden" name="form_secret" value="{session.FormSecret}">
        <button type="submit" name="action" value="continue">Confirm</button>
        <button type="submit" name="action" value="cancel" class="quiet">Cancel</button>
        </form>
        """);

    public static IResult Done(HttpContext context) => LoginPage.Page(context, StatusCodes.Status200OK, "",
        "<h1>Go back to the device</h1><p>It has your answer. This page may be closed.</p>");
}
