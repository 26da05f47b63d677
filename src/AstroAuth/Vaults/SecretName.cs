using System.Text.RegularExpressions;

namespace AstroAuth.Vaults;

/// <summary>Names that every vault can keep; others are read and overwritten where they exist, and not made.</summary>
internal static class SecretName
{
    /// <exception cref="AstroException">InvalidSecretName.</exception>
    internal static void Check(string name)
    {
        if (!Regex.IsMatch(name, @"\A[A-Za-z0-9][A-Za-z0-9._-]{0,126}\z"))
            throw new AstroException(nameof(Strings.InvalidSecretName), Strings.Format(Strings.InvalidSecretName, name), AstroErrorCategory.InvalidArgument, name);
    }
}
