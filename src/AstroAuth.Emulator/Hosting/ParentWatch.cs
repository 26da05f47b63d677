using System.Diagnostics;

namespace AstroAuth.Emulator.Hosting;

/// <summary>Waits for the end of the process that started this one.</summary>
internal static class ParentWatch
{
    public static async Task WaitForEndAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            using var parent = Process.GetProcessById(processId);
            await parent.WaitForExitAsync(cancellationToken);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // No such process any more: that is the answer.
        }
    }
}
