using System.Security;

namespace AstroAuth;

/// <summary>A new API token with its value, which Astro tells once and never again.</summary>
public sealed class AstroIssuedApiToken : AstroApiToken
{
    /// <summary>The value, as a SecureString.</summary>
    public SecureString Token { get; internal set; } = new();

    /// <summary>The vault that keeps the value, or null when none was named.</summary>
    public string? Vault { get; internal set; }

    /// <summary>The secret's name in that vault, or null when none was named.</summary>
    public string? SecretName { get; internal set; }
}
