using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Changes a token's name and description, and keeps the note of unfinished work that may stand in the latter.</summary>
internal sealed class ApiTokenEdit
{
    private readonly ApiTokens _tokens;
    private readonly string _organizationId;
    private readonly DateTimeOffset _now;

    internal ApiTokenEdit(ApiClient api, string organizationId)
    {
        _tokens = new ApiTokens(api, organizationId);
        _organizationId = organizationId;
        _now = api.Session.Clock.GetUtcNow();
    }

    internal async Task<AstroApiToken> UpdateAsync(ApiTokenUpdate update, Func<AstroApiToken, Task<bool>> confirm)
    {
        ApiTokenPlan.CheckTexts(update.Name ?? "-", update.Description ?? "");
        var token = await _tokens.GetAsync(update.Id);
        if (IsSame(token, Merge(token, update)) || !await confirm(token.ToModel(_organizationId, _now)))
            return token.ToModel(_organizationId, _now);

        // A rotation may have left its note while somebody thought about the question.
        var body = Merge(await _tokens.GetAsync(update.Id), update);
        return (await _tokens.UpdateAsync(update.Id, body)).ToModel(_organizationId, _now);
    }

    private static UpdateApiTokenBody Merge(ApiTokenAnswer token, ApiTokenUpdate update) => new()
    {
        Name = update.Name ?? token.Name,
        Description = update.Description is null ? token.Description ?? "" : Describe(token, update.Description),
    };

    private static string Describe(ApiTokenAnswer token, string text)
    {
        // A note that was copied along with another token's text would speak of work that is not there.
        var marker = DescriptionMarker.Find(token.Description);
        if (marker is null)
            return DescriptionMarker.Strip(text);
        return marker.AppendTo(text) ?? throw new AstroException(
            nameof(Strings.DescriptionLeavesNoRoom),
            Strings.Format(Strings.DescriptionLeavesNoRoom, token.Name, marker, text.Length, DescriptionMarker.LongestDescription),
            AstroErrorCategory.InvalidArgument,
            token.Id);
    }

    private static bool IsSame(ApiTokenAnswer token, UpdateApiTokenBody body) =>
        body.Name == token.Name && body.Description == (token.Description ?? "");
}
