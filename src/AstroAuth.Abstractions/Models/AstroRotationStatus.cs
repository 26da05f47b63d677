namespace AstroAuth;

/// <summary>What became of a rotation.</summary>
public enum AstroRotationStatus
{
    /// <summary>The vault holds a new value that works.</summary>
    Rotated,

    /// <summary>Nothing was to be done, or another run does it.</summary>
    Skipped,

    /// <summary>It could not be done, and all is as before.</summary>
    RolledBack,

    /// <summary>It could not be finished; the reason says what is left to do.</summary>
    Failed,

    /// <summary>An old token whose time was over has been removed.</summary>
    Retired,

    /// <summary>An old token that is removed when its grace period ends.</summary>
    Retiring,

    /// <summary>A rotation is under way, or was broken off.</summary>
    Unfinished,
}
