using System;
using System.Collections.Generic;

namespace AstroAuth;

/// <summary>Which tokens are to get a new value, and how.</summary>
public sealed record AstroRotationRequest
{
    /// <summary>The ids of the tokens.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Says whether a token of that name is meant, besides those named by id; null for none.</summary>
    public Func<string, bool>? NameMatches { get; init; }

    /// <summary>How.</summary>
    public AstroRotationStrategy Strategy { get; init; }

    /// <summary>How long an old token goes on working beside its successor.</summary>
    public TimeSpan GracePeriod { get; init; }

    /// <summary>The successors' life in days, 1 to 3650; null for the period that the old token had.</summary>
    public int? ExpiresInDays { get; init; }

    /// <summary>Leave alone what was made or rotated since then, unless <see cref="ExpiringWithin" /> wants it.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Leave alone what ends later, unless <see cref="OlderThan" /> wants it.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>How many tokens are worked on at the same time.</summary>
    public int ThrottleLimit { get; init; } = 5;

    /// <summary>The vault for a value that its own vault does not take, or null.</summary>
    public string? FallbackVault { get; init; }

    /// <summary>Do it also where it cuts off the connection or leaves a former run's value behind.</summary>
    public bool Force { get; init; }

    /// <summary>Finish or undo what former runs left, and begin nothing.</summary>
    public bool Recover { get; init; }
}
