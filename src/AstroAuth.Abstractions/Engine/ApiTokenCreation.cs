namespace AstroAuth;

/// <summary>An API token that is to be made (wire contract 4.1).</summary>
public sealed record ApiTokenCreation
{
    /// <summary>Its name, 1 to 256 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Its role on the entity that owns it.</summary>
    public required string Role { get; init; }

    /// <summary>ORGANIZATION, WORKSPACE or DEPLOYMENT; null to be found from the places and the role.</summary>
    public string? Scope { get; init; }

    /// <summary>The workspace by id or exact name, or null for the connection's.</summary>
    public string? Workspace { get; init; }

    /// <summary>The deployment by id or exact name, or null for the connection's.</summary>
    public string? Deployment { get; init; }

    /// <summary>Its description, at most 500 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its life in days, 1 to 3650; null for one that never expires.</summary>
    public int? ExpiresInDays { get; init; }

    /// <summary>STANDARD or DIRECT_ACCESS; null for Astro's default.</summary>
    public string? Kind { get; init; }

    /// <summary>The vault to keep the value in, or null.</summary>
    public string? Vault { get; init; }

    /// <summary>The secret's name in the vault, or null.</summary>
    public string? SecretName { get; init; }

    /// <summary>The entity that owns the token, once it is found; null for an organization's.</summary>
    public AstroPlace? Entity { get; init; }
}
