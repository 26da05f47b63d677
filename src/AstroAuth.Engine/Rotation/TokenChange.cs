using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>The changes to tokens that the protocol is made of. Each can be repeated.</summary>
internal static class TokenChange
{
    /// <summary>Removes a token; one that is gone already counts.</summary>
    internal static async Task DeleteAsync(this RotationScene scene, string id)
    {
        await new ApiTokenCreator(scene.Api, scene.Organization).DeleteAsync(id);
        scene.Table.Forget(id);
    }

    /// <summary>Sets the description, and keeps the name.</summary>
    internal static async Task<ApiTokenAnswer> DescribeAsync(this RotationScene scene, ApiTokenAnswer token, string description, string? name = null)
    {
        var changed = await scene.Tokens.UpdateAsync(token.Id, new UpdateApiTokenBody { Name = name ?? token.Name, Description = description });
        scene.Table.Put(changed);
        return changed;
    }

    /// <summary>Takes the claim out of a description; the user's own text stays.</summary>
    internal static Task<ApiTokenAnswer> UnclaimAsync(this RotationScene scene, ApiTokenAnswer token) =>
        scene.DescribeAsync(token, DescriptionMarker.Strip(token.Description));

    /// <summary>Ends the old token's life: now, or by a note when its grace period is over. Who waits for its own end by it waits by the successor from then on.</summary>
    /// <returns>When it goes, or null when it has gone.</returns>
    internal static async Task<DateTimeOffset?> RetireAsync(this RotationScene scene, ApiTokenAnswer old, string successorId)
    {
        await scene.RepointAsync(old.Id, successorId);
        if (scene.Request.GracePeriod <= TimeSpan.Zero)
        {
            await scene.DeleteAsync(old.Id);
            return null;
        }

        var claim = new Claim { Verb = Claim.Retire, At = Seconds(scene.Now + scene.Request.GracePeriod), By = successorId };
        await scene.NoteAsync(old, claim);
        return claim.At;
    }

    /// <summary>Notes in an old token when it is to go. Where text and note do not both fit the text goes: it lives on in the successor.</summary>
    internal static Task<ApiTokenAnswer> NoteAsync(this RotationScene scene, ApiTokenAnswer token, Claim claim)
    {
        var marker = claim.ToMarker();
        return scene.DescribeAsync(token, marker.AppendTo(token.Description) ?? marker.ToString());
    }

    // Before the one they name is gone, or they would stay for ever: nobody ends a token whose successor he does not find.
    private static async Task RepointAsync(this RotationScene scene, string from, string to)
    {
        foreach (var waiting in scene.Table.RetiringBy(from))
        {
            try
            {
                if (await scene.FindAsync(waiting.Id) is { } now && Claim.Read(now) is { Verb: Claim.Retire } claim && claim.By == from)
                    await scene.NoteAsync(now, claim with { By = to });
            }
            catch (AstroApiException e) when (e.StatusCode == 404)
            {
                scene.Table.Forget(waiting.Id);
            }
        }
    }

    // What is written has no fractions; what is compared must have none either.
    private static DateTimeOffset Seconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
