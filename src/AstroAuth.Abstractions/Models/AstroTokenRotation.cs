using System;
using System.Security;

namespace AstroAuth;

/// <summary>What became of the rotation of one API token.</summary>
public sealed class AstroTokenRotation
{
    /// <summary>The id of the token that holds the purpose now: the new one's where there is one, else the old one's.</summary>
    public string Id => NewId ?? OldId;

    /// <summary>The id of the token that was to be rotated.</summary>
    public string OldId { get; internal set; } = "";

    /// <summary>The id of its successor; with the strategy InPlace the same id; null when there is none.</summary>
    public string? NewId { get; internal set; }

    /// <summary>The token's name; empty when it is not known.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>How it was rotated.</summary>
    public AstroRotationStrategy Strategy { get; internal set; }

    /// <summary>What came of it.</summary>
    public AstroRotationStatus Status { get; internal set; }

    /// <summary>Why it was skipped, rolled back or failed; for a success what is worth knowing, or null.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The id of the error, or null.</summary>
    public string? ErrorId { get; internal set; }

    /// <summary>The vault that holds the value, or null when it is not known.</summary>
    public string? Vault { get; internal set; }

    /// <summary>The secret's name in that vault, or null when it is not known.</summary>
    public string? SecretName { get; internal set; }

    /// <summary>When the token that holds the purpose now ends (UTC); null when never, or not known.</summary>
    public DateTimeOffset? ExpiresOn { get; internal set; }

    /// <summary>When the old token is removed (UTC); null when it is gone already or stays.</summary>
    public DateTimeOffset? OldTokenRetiresOn { get; internal set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>The new value, as a SecureString, where no vault could keep it: the only copy there is. Otherwise null.</summary>
    public SecureString? Token { get; internal set; }

    /// <summary>The name, the id and the status.</summary>
    public override string ToString() => $"{Name} ({Id}): {Status}";
}
