using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>What an audit looks for, and from when on it minds.</summary>
public sealed record AstroAuditOptions
{
    /// <summary>The ids of the rules to run; null for all.</summary>
    public IReadOnlyCollection<string>? RuleIds { get; init; }

    /// <summary>A token that ends within this time ends soon.</summary>
    public TimeSpan ExpiringWithin { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The longest expiry period that is fine, in days.</summary>
    public int MaximumPeriodInDays { get; init; } = 365;

    /// <summary>A value as old as this should have been rotated.</summary>
    public TimeSpan NotRotatedFor { get; init; } = TimeSpan.FromDays(180);

    /// <summary>A token that has not been used once in this time is not needed.</summary>
    public TimeSpan NeverUsedFor { get; init; } = TimeSpan.FromDays(14);

    /// <summary>A token whose last use is as long ago as this is no longer needed.</summary>
    public TimeSpan UnusedFor { get; init; } = TimeSpan.FromDays(90);
}
