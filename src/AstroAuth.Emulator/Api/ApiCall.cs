using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>What the gate and the routes have learned about a request.</summary>
internal static class ApiCall
{
    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[typeof(Caller)] = caller;

    public static Caller Caller(this HttpContext context) => (Caller)context.Items[typeof(Caller)]!;

    public static string Route(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>The organization of the path; a foreign one and an unknown one are both forbidden, as in Astro.</summary>
    public static Organization Organization(this HttpContext context)
    {
        var id = context.Route("organizationId");
        var organization = context.RequestServices.GetRequiredService<AstroDirectory>().Organization(id);
        return organization is not null && context.Caller().BelongsTo(organization.Id)
            ? organization
            : throw ApiProblem.Forbidden("You have no access to this Organization");
    }
}
