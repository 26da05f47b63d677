using System;
using System.Text.RegularExpressions;
using AstroAuth.Session;

namespace AstroAuth.Commands.Diagnostic;

/// <summary>
/// Takes out of a text what is or looks like a secret, and the name of the home folder. The module's own texts hold none; a
/// server's words, a path or what somebody put into the wrong variable may.
/// </summary>
internal static class Redaction
{
    private const string Hidden = "***";

    private static readonly string[] SecretVariables = [EnvironmentCredential.TokenVariable, EnvironmentCredential.KeySecretVariable];

    // A JWT or the start of one; what follows Bearer; the user of an address; a signature or secret in a query; a long run
    // of letters and digits, as opaque tokens are. Ids of Astro have 25 characters, those of requests 36.
    private const string Secret =
        @"\beyJ[\w.-]{6,}"
        + @"|(?<=\bBearer\s+)(?!\*)\S+"
        + @"|(?<=://)[^/@\s]+(?=@)"
        + @"|(?<=[?&][\w-]*(?:sig|token|secret|password|key)[\w-]*=)[^&\s'""]+"
        + @"|(?<![\w+-])(?=[\w+-]*[0-9])(?=[\w+-]*[A-Za-z])[\w+-]{40,}=*";

    internal static string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return text;
        foreach (var variable in SecretVariables)
        {
            if (Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 3 } value)
                text = text!.Replace(value, Hidden);
        }

        return Regex.Replace(Path(text!), Secret, Hidden, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>A path, without the name of the home folder.</summary>
    internal static string Path(string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 1 ? path.Replace(home, "~") : path;
    }
}
