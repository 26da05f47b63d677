using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Rotation;

/// <summary>The ways in which a rotation does not come to its end: all is as before, the next run goes on, or another run has the token.</summary>
internal static class Failing
{
    internal static AstroException RolledBack(ApiTokenAnswer old, AstroException cause) => new(
        nameof(Strings.RotationRolledBack),
        Strings.Format(Strings.RotationRolledBack, old.Name, old.Id, cause.Message),
        cause.Category,
        old.Name,
        cause);

    internal static AstroException Unfinished(ApiTokenAnswer old, string why, Exception? cause) => new(
        nameof(Strings.RotationUnfinished),
        Strings.Format(Strings.RotationUnfinished, old.Name, old.Id, why.TrimEnd('.')),
        (cause as AstroException)?.Category ?? AstroErrorCategory.InvalidOperation,
        old.Name,
        cause);

    /// <summary>Leaves the token to somebody else.</summary>
    /// <returns>True: there is nothing more to do.</returns>
    internal static bool StepBack(this AstroTokenRotation result, string why)
    {
        result.Status = AstroRotationStatus.Skipped;
        result.Reason = why;
        return true;
    }

    /// <summary>Runs a step before which nothing was changed.</summary>
    internal static async Task<T> RollBackAsync<T>(ApiTokenAnswer old, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (AstroException e) when (!MayHaveMadeOne(e))
        {
            throw RolledBack(old, e);
        }
        catch (AstroException e)
        {
            throw Unfinished(old, e.Message, e);
        }
    }

    /// <summary>Removes a successor, so that all is as before.</summary>
    /// <exception cref="AstroException">RotationNotUndone.</exception>
    internal static async Task UndoAsync(RotationScene scene, ApiTokenAnswer old, ApiTokenAnswer created, Exception? cause)
    {
        try
        {
            await scene.DeleteAsync(created.Id);
        }
        catch (AstroException e)
        {
            throw new AstroException(
                nameof(Strings.RotationNotUndone),
                Strings.Format(Strings.RotationNotUndone, old.Name, old.Id, created.Id, $"{cause?.Message.TrimEnd('.')} {e.Message}".Trim().TrimEnd('.')),
                e.Category,
                old.Name,
                e);
        }
    }

    private static bool MayHaveMadeOne(AstroException e) => e.ErrorId is nameof(Strings.CreateOutcomeUnknown) or nameof(Strings.CreateOrphaned);
}
