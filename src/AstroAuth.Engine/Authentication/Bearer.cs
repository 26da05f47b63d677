using System;
using System.Security;

namespace AstroAuth.Engine.Authentication;

/// <summary>A value for the Authorization header and its end.</summary>
internal sealed record Bearer(string Value, DateTimeOffset? ExpiresOn)
{
    private readonly Lazy<SecureString> _secret = new(() => SecureStrings.Conceal(Value));

    // A record would print its members.
    public override string ToString() => "Bearer (hidden)";

    /// <summary>A copy that the caller may dispose of.</summary>
    internal SecureString Conceal() => _secret.Value.Copy();

    internal bool LivesFor(TimeSpan time, DateTimeOffset now) => ExpiresOn is not { } end || end - now >= time;
}
