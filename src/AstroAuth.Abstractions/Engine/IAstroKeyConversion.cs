using System.Collections.Generic;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>From legacy Deployment API keys to API tokens.</summary>
public interface IAstroKeyConversion
{
    /// <summary>Finds the deployment of a key, and the role and the name of the token that takes its place. Nothing is made.</summary>
    /// <param name="call">The connection of the key.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <exception cref="AstroException">The connection is not by key, the deployment is not clear, it has such a token, or Astro refused.</exception>
    Task<KeyConversionPlan> PlanKeyConversionAsync(AstroCall call, KeyConversion wanted);

    /// <summary>Finishes the token that an earlier run left, where the vault holds its value; otherwise makes one into the vault and proves it, as <see cref="IAstroApiTokens.CreateApiTokenAsync" /> does.</summary>
    /// <param name="call">The connection of the key.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="vault">The vaults.</param>
    /// <exception cref="AstroException">It was not made, or it was removed again because its value could not be kept.</exception>
    /// <exception cref="AstroTokenNotStoredException">The vault failed and the token could not be removed: the value is in the exception.</exception>
    Task<AstroKeyConversion> ConvertKeyAsync(AstroCall call, KeyConversionPlan plan, ISecretVault vault);
}

/// <summary>A key that is to give way to an API token.</summary>
public sealed record KeyConversion
{
    /// <summary>The deployment by id or exact name, or null for the only one that the key sees.</summary>
    public string? Deployment { get; init; }

    /// <summary>The connection that is to create the token, or null for the key's own.</summary>
    public AstroConnection? CreateAs { get; init; }

    /// <summary>The token's name, or null for one made of the deployment's.</summary>
    public string? Name { get; init; }

    /// <summary>The token's role, or null for the least that can deploy.</summary>
    public string? Role { get; init; }

    /// <summary>Its life in days, 1 to 3650.</summary>
    public required int ExpiresInDays { get; init; }

    /// <summary>The vault to keep the value in.</summary>
    public required string Vault { get; init; }

    /// <summary>The secret's name in the vault.</summary>
    public required string SecretName { get; init; }

    /// <summary>Make a token although an earlier run has made one for this key.</summary>
    public bool Force { get; init; }
}

/// <summary>A token that is to take the place of a key.</summary>
public sealed record KeyConversionPlan
{
    /// <summary>The connection that creates it.</summary>
    public required AstroConnection Creator { get; init; }

    /// <summary>The token; its entity is the deployment, with its name.</summary>
    public required ApiTokenCreation Token { get; init; }

    /// <summary>The ids of tokens that an earlier run left, which are finished or removed first.</summary>
    public IReadOnlyList<string> Unfinished { get; init; } = [];
}
