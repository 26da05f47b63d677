using System.Security;

namespace AstroAuth;

/// <summary>What a connection is to be made of.</summary>
public sealed record AstroConnectionRequest
{
    /// <summary>The connection's name.</summary>
    public required string Name { get; init; }

    /// <summary>The domain as the user wrote it.</summary>
    public required string Domain { get; init; }

    /// <summary>The kind of credential.</summary>
    public required AstroCredentialKind Kind { get; init; }

    /// <summary>The API token, the access token, or the secret of a key.</summary>
    public required SecureString Secret { get; init; }

    /// <summary>The id of a Deployment API key; null for the others.</summary>
    public string? KeyId { get; init; }

    /// <summary>Where the credential was found.</summary>
    public required AstroCredentialSource Source { get; init; }

    /// <summary>The variable, vault and secret, or parameter it came from.</summary>
    public required string SourceDetail { get; init; }

    /// <summary>How long one call may take with all its repetitions, in seconds.</summary>
    public int TimeoutSec { get; init; } = 100;
}

/// <summary>Default places as a user names them: by id or by exact name; null for what was not named.</summary>
public sealed record AstroPlaces(string? Organization, string? Workspace, string? Deployment)
{
    /// <summary>Whether none was named.</summary>
    public bool IsEmpty => Organization is null && Workspace is null && Deployment is null;
}
