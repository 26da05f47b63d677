using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api;

/// <summary>Organizations: list and get.</summary>
internal static class OrganizationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/organizations", List);
        routes.MapGet("/v1/organizations/{organizationId}", Get);
    }

    private static IResult List(HttpContext context, AstroDirectory directory)
    {
        var query = new RequestQuery(context);
        var plan = query.Text("productPlan");
        var astronomerProduct = query.Text("astronomerProduct");
        var product = query.Choice("product", "HOSTED", "HYBRID");
        var page = query.Page(1000);
        var sorts = query.Sorts("name", "createdAt", "updatedAt");
        query.Done();

        var found = directory.Organizations
            .Where(o => context.Caller().BelongsTo(o.Id))
            .Select(OrganizationView.Of)
            .Where(o => (product is null || o.Product == product)
                && (plan is null || o.ProductPlans.Any(p => p.ProductPlanName == plan))
                && (astronomerProduct is null || o.ProductPlans.Any(p => p.AstronomerProduct == astronomerProduct)))
            .ToList();
        var items = found.Sorted(sorts, static field => field switch
        {
            "name" => o => o.Name,
            "createdAt" => o => o.CreatedAt,
            _ => o => o.UpdatedAt,
        });
        return Answer.Json(new OrganizationsPage(items.Cut(page, o => o), page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.OrganizationsPage);
    }

    private static IResult Get(HttpContext context)
    {
        var organization = context.Organization();
        var query = new RequestQuery(context);
        query.Flag("isLookUpOnly");
        query.Done();
        return Answer.Json(OrganizationView.Of(organization), EmulatorJson.Default.OrganizationView);
    }
}
