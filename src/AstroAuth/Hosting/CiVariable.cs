using System;
using System.IO;
using System.Management.Automation.Host;
using System.Text;
using System.Text.RegularExpressions;

namespace AstroAuth.Hosting;

/// <summary>Hands a secret value to later steps of a job, in the way its CI service reads, hidden in the log first.</summary>
internal static class CiVariable
{
    // Azure Pipelines does not hide a secret of fewer characters; no token is that short.
    private const int ShortestSecret = 6;

    // Azure Pipelines keeps these beginnings for itself.
    private static readonly string[] AzureReserved = ["endpoint", "input", "secret", "path", "securefile"];

    // GitHub Actions ignores or refuses what would change its own runner.
    private static readonly string[] GitHubReserved = ["GITHUB_", "RUNNER_"];

    /// <summary>Checks before anything is asked for that a variable of this name can be set here.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="isOutput">Whether it is to be an output of the step.</param>
    /// <exception cref="AstroException">NotInPipeline, InvalidVariableName, PipelineFileMissing.</exception>
    internal static void Check(string name, bool isOutput)
    {
        if (!CiHost.IsAzurePipelines && !CiHost.IsGitHubActions)
            throw new AstroException(nameof(Strings.NotInPipeline), Strings.NotInPipeline, AstroErrorCategory.InvalidOperation, name);
        var reserved = CiHost.IsAzurePipelines ? FindBeginning(AzureReserved, name) : null;
        if (CiHost.IsGitHubActions && !isOutput)
            reserved ??= FindBeginning(GitHubReserved, name) ?? (name.Equals("NODE_OPTIONS", StringComparison.OrdinalIgnoreCase) ? name : null);
        if (reserved is not null || !Regex.IsMatch(name, @"\A[A-Za-z_][A-Za-z0-9_]{0,127}\z"))
        {
            throw new AstroException(
                nameof(Strings.InvalidVariableName),
                Strings.Format(Strings.InvalidVariableName, name, reserved is null ? "it is not made of letters, digits and underscores alone" : $"'{reserved}' is kept for the service itself"),
                AstroErrorCategory.InvalidArgument,
                name);
        }

        if (CiHost.IsGitHubActions)
            GetGitHubFile(isOutput);
    }

    /// <summary>Hides a value in the job's log and sets the variable.</summary>
    /// <returns>False when the service could not hide the value, and nothing was set.</returns>
    internal static bool TrySet(PSHostUserInterface ui, string name, string value, bool isOutput)
    {
        if (value.Length < ShortestSecret || !CiHost.TryMask(ui, value))
            return false;
        if (CiHost.IsAzurePipelines)
            ui.WriteLine($"##vso[task.setvariable variable={name};issecret=true{(isOutput ? ";isOutput=true" : "")}]{value.Replace("%", "%AZP25")}");
        if (CiHost.IsGitHubActions)
            File.AppendAllText(GetGitHubFile(isOutput), $"{name}={value}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return true;
    }

    private static string GetGitHubFile(bool isOutput)
    {
        var variable = isOutput ? "GITHUB_OUTPUT" : "GITHUB_ENV";
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path && File.Exists(path)
            ? path
            : throw new AstroException(nameof(Strings.PipelineFileMissing), Strings.Format(Strings.PipelineFileMissing, variable), AstroErrorCategory.ResourceUnavailable, variable);
    }

    private static string? FindBeginning(string[] beginnings, string name) =>
        Array.Find(beginnings, b => name.StartsWith(b, StringComparison.OrdinalIgnoreCase));
}
