using System;

namespace AstroAuth.Session;

/// <summary>The domain where none was given: the environment's, then production.</summary>
internal static class DomainName
{
    internal const string Production = "astronomer.io";

    internal static string FromEnvironment() =>
        Environment.GetEnvironmentVariable("ASTRO_DOMAIN") is { } domain && !string.IsNullOrWhiteSpace(domain) ? domain.Trim() : Production;
}

/// <summary>What a connection has when nothing else is said.</summary>
internal static class AstroConnectionDefaults
{
    /// <summary>Seconds for one call with all its repetitions.</summary>
    internal const int TimeoutSec = 100;
}
