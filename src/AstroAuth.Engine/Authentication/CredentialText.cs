using System;

namespace AstroAuth.Engine.Authentication;

/// <summary>Cleans what people paste into secrets and variables, and refuses what no credential can be.</summary>
internal static class CredentialText
{
    private const string Bearer = "Bearer";

    /// <summary>Trims, drops a <c>Bearer </c> prefix and a pair of quotes.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="what">What it should be, for the sentence.</param>
    /// <param name="source">Where it came from, for the sentence.</param>
    /// <exception cref="AstroCredentialException">CredentialEmpty, CredentialNotText or CredentialNotExpanded.</exception>
    internal static string Clean(string text, string what, string source)
    {
        var clean = text.Trim();
        if (clean.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && (clean.Length == Bearer.Length || clean[Bearer.Length] == ' '))
            clean = clean.Substring(Bearer.Length).Trim();
        if (clean.Length > 1 && clean[0] is '"' or '\'' && clean[clean.Length - 1] == clean[0])
            clean = clean.Substring(1, clean.Length - 2).Trim();
        if (clean.Length == 0)
            throw new AstroCredentialException(nameof(Strings.CredentialEmpty), Strings.Format(Strings.CredentialEmpty, what, source), source);
        if (clean.StartsWith("$(", StringComparison.Ordinal) && clean[clean.Length - 1] == ')')
            throw new AstroCredentialException(nameof(Strings.CredentialNotExpanded), Strings.Format(Strings.CredentialNotExpanded, what, source), source);

        for (var i = 0; i < clean.Length; i++)
        {
            if (clean[i] is <= ' ' or >= '\x7f')
                throw new AstroCredentialException(nameof(Strings.CredentialNotText), Strings.Format(Strings.CredentialNotText, what, source, i + 1), source);
        }

        return clean;
    }
}
