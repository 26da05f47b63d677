using System;
using System.Globalization;

namespace AstroAuth;

/// <summary>What comes next of a deployment's hibernation.</summary>
public sealed class AstroHibernationEvent
{
    /// <summary>HIBERNATE or WAKE; null where nothing will come by itself.</summary>
    public string? Type { get; internal set; }

    /// <summary>When it comes (UTC), or null.</summary>
    public DateTimeOffset? On { get; internal set; }

    /// <summary>Why the deployment is as it is until then, in Astro's words, or null.</summary>
    public string? Reason { get; internal set; }

    /// <summary>What and when.</summary>
    public override string ToString() => Type is null ? "none" : string.Format(CultureInfo.InvariantCulture, "{0} {1:yyyy-MM-dd HH:mm}Z", Type, On);
}
