using System;
using System.Security;

namespace AstroAuth;

/// <summary>
/// A bearer value to call Astro or Airflow with, as <c>Invoke-RestMethod -Authentication Bearer -Token</c> takes it.
/// </summary>
public sealed class AstroAccessToken
{
    internal AstroAccessToken(SecureString token, DateTimeOffset? expiresOn, AstroCredentialKind kind, string? scope, string connection)
    {
        Token = token;
        ExpiresOn = expiresOn;
        Kind = kind;
        Scope = scope;
        Connection = connection;
    }

    /// <summary>The value, as a SecureString.</summary>
    public SecureString Token { get; }

    /// <summary>When it stops working (UTC); null for an API token that never expires.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The kind of credential it came from.</summary>
    public AstroCredentialKind Kind { get; }

    /// <summary>ORGANIZATION, WORKSPACE or DEPLOYMENT for API tokens and keys; null for a user.</summary>
    public string? Scope { get; }

    /// <summary>The name of the connection it belongs to.</summary>
    public string Connection { get; }

    /// <summary>A text without the value.</summary>
    public override string ToString() => ExpiresOn is { } end
        ? $"AstroAccessToken ({Kind}, expires {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture)}, value hidden)"
        : $"AstroAccessToken ({Kind}, never expires, value hidden)";
}
