using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Rotation;

/// <summary>The two ways in which a rotation can fail: all is as before, or the next run goes on.</summary>
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

    private static bool MayHaveMadeOne(AstroException e) => e.ErrorId is nameof(Strings.CreateOutcomeUnknown) or nameof(Strings.CreateOrphaned);
}
