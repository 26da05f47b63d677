using System.Management.Automation.Host;

namespace AstroAuth.Hosting;

/// <summary>Marks an error in the log of a CI job in the way its service shows beside the run, once and besides PowerShell's own error.</summary>
internal static class CiErrors
{
    internal static void Report(PSHostUserInterface ui, string message)
    {
        if (CiHost.IsAzurePipelines)
            ui.WriteLine("##vso[task.logissue type=error]" + Escape(message, "%AZP25"));
        if (CiHost.IsGitHubActions)
            ui.WriteLine("::error::" + Escape(message, "%25"));
    }

    // A line break would end the command in the middle.
    private static string Escape(string text, string percent) => text.Replace("%", percent).Replace("\r", "%0D").Replace("\n", "%0A");
}
