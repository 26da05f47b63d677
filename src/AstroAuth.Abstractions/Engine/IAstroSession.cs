using System;

namespace AstroAuth;

/// <summary>The engine's side of a connection: one credential at one domain. Only the engine makes and reads it.</summary>
public interface IAstroSession
{
    /// <summary>The domain as a user writes it.</summary>
    string Domain { get; }

    /// <summary>The kind of credential.</summary>
    AstroCredentialKind Kind { get; }

    /// <summary>The API token's id, or null.</summary>
    string? TokenId { get; }

    /// <summary>The user name of the person who signed in, or null.</summary>
    string? User { get; }

    /// <summary>When the credential itself ends (UTC), or null.</summary>
    DateTimeOffset? ExpiresOn { get; }
}
