using System;
using System.Management.Automation.Host;

namespace AstroAuth.Hosting;

/// <summary>Knows the CI service the process runs in, and how to make it hide a value in its log.</summary>
internal static class CiHost
{
    internal static bool IsAzurePipelines => IsTrue("TF_BUILD");

    internal static bool IsGitHubActions => IsTrue("GITHUB_ACTIONS");

    /// <summary>Whether it is a job of any of the services that say so.</summary>
    internal static bool IsAny => Name is not null;

    /// <summary>The service's name, "CI" for one that does not say which it is, or null for none.</summary>
    internal static string? Name => IsAzurePipelines ? "Azure Pipelines"
        : IsGitHubActions ? "GitHub Actions"
        : IsTrue("GITLAB_CI") ? "GitLab CI"
        : Environment.GetEnvironmentVariable("JENKINS_URL") is { Length: > 0 } ? "Jenkins"
        : Environment.GetEnvironmentVariable("TEAMCITY_VERSION") is { Length: > 0 } ? "TeamCity"
        : IsTrue("CI") ? "CI"
        : null;

    /// <summary>
    /// Registers a value to be hidden, in the host's own output where the service reads it, never in the success stream.
    /// Outside CI nothing is written: there it would itself show the value.
    /// </summary>
    /// <returns>Whether the value is hidden, or there is no log to hide it from.</returns>
    internal static bool TryMask(PSHostUserInterface ui, string value)
    {
        if (!IsAzurePipelines && !IsGitHubActions)
            return true;

        // A mask holds for one line; a value with a line break would be half shown by the very line that hides it.
        if (value.IndexOfAny(['\r', '\n']) >= 0)
            return false;
        // Each service decodes percent signs in its own way.
        if (IsAzurePipelines)
            ui.WriteLine("##vso[task.setsecret]" + value.Replace("%", "%AZP25"));
        if (IsGitHubActions)
            ui.WriteLine("::add-mask::" + value.Replace("%", "%25"));
        return true;
    }

    private static bool IsTrue(string variable) => string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);
}
