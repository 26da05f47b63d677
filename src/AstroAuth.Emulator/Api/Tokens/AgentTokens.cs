using AstroAuth.Emulator.Access;
using AstroAuth.Emulator.Store;

namespace AstroAuth.Emulator.Api.Tokens;

/// <summary>Tokens of a deployment's Remote Execution agents: list, create, get and delete; nothing of them can be changed.</summary>
internal static class AgentTokens
{
    private const string Root = "/v1/organizations/{organizationId}/deployments/{deploymentId}/agent-tokens";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, List);
        routes.MapPost(Root, Create);
        routes.MapGet(Root + "/{agentTokenId}", Get);
        routes.MapDelete(Root + "/{agentTokenId}", Delete);
    }

    private static IResult List(HttpContext context, TokenStore tokens, AstroDirectory directory, AccessRules rules)
    {
        var deployment = Require(context, directory, rules, "get");
        var query = new RequestQuery(context);
        var page = query.Page(1000);
        var sorts = query.Sorts("name", "description", "createdAt", "updatedAt", "createdById", "updatedById", "tokenStartAt");
        query.Done();

        var found = tokens.Where(t => t.IsAgent && t.OwnerId == deployment.Id);
        var items = found.Sorted(sorts, static field => field switch
        {
            "name" => t => t.Name,
            "description" => t => t.Description,
            "createdAt" => t => t.CreatedAt,
            "updatedAt" => t => t.UpdatedAt,
            "createdById" => t => t.CreatedBy.Id,
            "updatedById" => t => t.UpdatedBy?.Id,
            _ => t => t.StartAt,
        });
        return Answer.Json(
            new ApiTokensPage(items.Cut(page, t => ApiTokenView.Of(t)), page.Limit, page.Offset, found.Count),
            EmulatorJson.Default.ApiTokensPage);
    }

    private static async Task<IResult> Create(
        HttpContext context, TokenStore tokens, AstroDirectory directory, AccessRules rules, TokenMint mint, TimeProvider clock)
    {
        var deployment = Require(context, directory, rules, "create");
        new RequestQuery(context).Done();
        var body = await RequestBody.ReadAsync(context);
        var name = body.Text("name", required: true, max: 256);
        var description = body.Text("description", max: 500) ?? "";
        var days = body.Number("tokenExpiryPeriodInDays", 1, 3650);
        body.Done();

        var now = clock.GetUtcNow();
        var by = context.Caller().Profile;
        var token = new ApiToken
        {
            Id = Cuid.New(), OrganizationId = deployment.OrganizationId, Name = name!, Description = description, Scope = "DEPLOYMENT",
            IsAgent = true, StartAt = now, EndAt = days is null ? null : now.AddDays(days.Value), ExpiryPeriodInDays = days,
            CreatedAt = now, UpdatedAt = now, Roles = [new("DEPLOYMENT", deployment.Id, "")], CreatedBy = by, UpdatedBy = by,
        };
        var (value, shortToken) = mint.ApiTokenValue(token);
        token = token with { ShortToken = shortToken };
        tokens.Add(token, value);
        return Answer.Json(ApiTokenView.Of(token, value), EmulatorJson.Default.ApiTokenView);
    }

    private static IResult Get(HttpContext context, TokenStore tokens, AstroDirectory directory, AccessRules rules)
    {
        var deployment = Require(context, directory, rules, "get");
        new RequestQuery(context).Done();
        return Answer.Json(ApiTokenView.Of(Find(context, tokens, deployment)), EmulatorJson.Default.ApiTokenView);
    }

    private static async Task<IResult> Delete(HttpContext context, TokenStore tokens, AstroDirectory directory, AccessRules rules)
    {
        var deployment = Require(context, directory, rules, "delete");
        new RequestQuery(context).Done();
        await RequestBody.ExpectNoneAsync(context);
        return tokens.Delete(Find(context, tokens, deployment).Id) ? Results.NoContent() : throw ApiProblem.NotFound("Agent token");
    }

    private static ApiToken Find(HttpContext context, TokenStore tokens, Deployment deployment) =>
        tokens.FindAgent(deployment.Id, context.Route("agentTokenId")) ?? throw ApiProblem.NotFound("Agent token");

    /// <summary>Agent tokens are governed by the permissions of the deployment's API tokens.</summary>
    private static Deployment Require(HttpContext context, AstroDirectory directory, AccessRules rules, string action)
    {
        var organization = context.Organization();
        var deployment = directory.Deployment(organization.Id, context.Route("deploymentId")) ?? throw ApiProblem.NotFound("Deployment");
        return rules.OnTokensOf(context.Caller(), "DEPLOYMENT", deployment.Id, action)
            ? deployment
            : throw ApiProblem.Forbidden($"You may not {action} agent tokens of this Deployment");
    }
}
