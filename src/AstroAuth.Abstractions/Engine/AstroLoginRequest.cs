using System;

namespace AstroAuth;

/// <summary>How a person is to sign in.</summary>
public sealed record AstroLoginRequest
{
    /// <summary>The connection's name.</summary>
    public required string Name { get; init; }

    /// <summary>The domain as the user wrote it.</summary>
    public required string Domain { get; init; }

    /// <summary>The way to the login page.</summary>
    public AstroLoginMethod Method { get; init; }

    /// <summary>The e-mail address to begin with, or null.</summary>
    public string? LoginHint { get; init; }

    /// <summary>How long to wait for the person.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long one call may take with all its repetitions, in seconds.</summary>
    public int TimeoutSec { get; init; } = 100;

    /// <summary>Where the session may be kept.</summary>
    public AstroSessionStorage Storage { get; init; }
}

/// <summary>The ways to the login page.</summary>
public enum AstroLoginMethod
{
    /// <summary>The system's browser is opened.</summary>
    Browser,

    /// <summary>The link is shown; the browser may be on another machine.</summary>
    Link,

    /// <summary>A code is shown, to be typed at a page on any device.</summary>
    DeviceCode,
}

/// <summary>Where a user's session may be kept.</summary>
public enum AstroSessionStorage
{
    /// <summary>In the memory of this process alone.</summary>
    Memory,

    /// <summary>Where the system protects it: DPAPI, Keychain or Secret Service; else in memory.</summary>
    Protected,

    /// <summary>The same, and where there is no such place in a file that only its owner may read.</summary>
    UnprotectedFile,
}
