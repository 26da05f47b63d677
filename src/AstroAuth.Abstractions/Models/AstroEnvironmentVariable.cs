using System;

namespace AstroAuth;

/// <summary>An environment variable of a deployment.</summary>
public sealed class AstroEnvironmentVariable
{
    /// <summary>Its key.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>Its value; null for a secret, which Astro never shows.</summary>
    public string? Value { get; internal set; }

    /// <summary>Whether it is a secret.</summary>
    public bool IsSecret { get; internal set; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset UpdatedOn { get; internal set; }

    /// <summary>The key with the value, or with stars for a secret.</summary>
    public override string ToString() => $"{Key}={(IsSecret ? "***" : Value)}";
}
