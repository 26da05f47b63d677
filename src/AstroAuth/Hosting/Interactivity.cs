using System;
using System.Linq;
using System.Management.Automation.Host;

namespace AstroAuth.Hosting;

/// <summary>Knows whether there is a person who could answer.</summary>
internal static class Interactivity
{
    private static readonly string[] CommandBegins = ["c", "command", "f", "file", "ec", "encodedcommand", "cwa", "commandwithargs"];

    /// <summary>Why nobody can be asked here, as the end of a sentence; null when somebody can.</summary>
    internal static string? WhyNot(PSHost host)
    {
        if (CiHost.IsAny)
            return "this is a CI job";
        if (!Environment.UserInteractive)
            return "the process has no desktop or terminal";
        if (host.Name is "Default Host" or "ServerRemoteHost" || host.UI is null)
            return "this PowerShell host has nobody to ask";
        // What follows belongs to the console's own host; other hosts have an input of their own.
        if (host.Name != "ConsoleHost")
            return null;
        if (Environment.GetCommandLineArgs().Skip(1).TakeWhile(a => !IsSwitch(a) || !CommandBegins.Contains(NameOf(a))).Any(IsNonInteractive))
            return "PowerShell was started with -NonInteractive";
#pragma warning disable RS0030 // Looked at, not written to: no host tells this.
        return Console.IsInputRedirected ? "the input is redirected" : null;
#pragma warning restore RS0030
    }

    private static bool IsNonInteractive(string argument) =>
        IsSwitch(argument) && NameOf(argument) is { Length: >= 4 } name && "noninteractive".StartsWith(name, StringComparison.Ordinal);

    private static bool IsSwitch(string argument) => argument.Length > 1 && argument[0] is ('-' or '/');

    private static string NameOf(string argument) => argument.TrimStart('-', '/').ToLowerInvariant();
}
