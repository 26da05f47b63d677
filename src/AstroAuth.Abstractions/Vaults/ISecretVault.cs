using System.Collections.Generic;
using System.Security;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>
/// The vaults of SecretManagement as the engine sees them. Each call runs on the pipeline thread and is not
/// interrupted by cancellation: a vault's own call cannot be stopped safely.
/// </summary>
public interface ISecretVault
{
    /// <summary>Writes a value, reads it back and compares; then writes metadata, best effort.</summary>
    /// <param name="vault">The registered vault.</param>
    /// <param name="name">The secret's name.</param>
    /// <param name="value">The value to keep.</param>
    /// <param name="metadata">Entries to merge into the secret's metadata: string, int or UTC DateTime.</param>
    /// <param name="putsBack">Whether a failure puts back the former value. Not where that is dead already, and the new one may be there after all.</param>
    /// <returns>What was there before, to be handed to <see cref="RestoreAsync" /> when a later step fails.</returns>
    /// <exception cref="AstroVaultException">The value could not be written or did not read back; what was there before is there again if the vault allowed it.</exception>
    Task<VaultSnapshot> WriteAsync(string vault, string name, SecureString value, IReadOnlyDictionary<string, object> metadata, bool putsBack = true);

    /// <summary>Reads a value that was written as a token.</summary>
    /// <exception cref="AstroVaultException">It could not be read.</exception>
    Task<SecureString> ReadAsync(string vault, string name);

    /// <summary>Puts back what was there before a write: the former value, or nothing.</summary>
    /// <exception cref="AstroVaultException">The vault refused.</exception>
    Task RestoreAsync(string vault, string name, VaultSnapshot before);

    /// <summary>Finds out whether the vault can be read, and what it holds. Nothing is written.</summary>
    /// <returns>The value where it is text; null when there is no such secret, or one of another type.</returns>
    /// <exception cref="AstroVaultException">The vault is not there, is locked, or failed; or a secret of that name could not be made.</exception>
    Task<SecureString?> LookAsync(string vault, string name);

    /// <summary>
    /// Proves that the vault can be written: what is there is written back with its metadata and compared. Where nothing is,
    /// a note takes the value's place until the value comes or <see cref="WithdrawAsync" /> removes it; it counts as nothing.
    /// </summary>
    /// <exception cref="AstroVaultException">It cannot be written; what was there before is there again if the vault allowed it.</exception>
    Task ProveWritableAsync(string vault, string name);

    /// <summary>Removes the note that <see cref="ProveWritableAsync" /> left where nothing was; anything else stays.</summary>
    /// <exception cref="AstroVaultException">The vault refused.</exception>
    Task WithdrawAsync(string vault, string name);
}

/// <summary>What a vault held under a name before it was written.</summary>
public sealed class VaultSnapshot
{
    internal VaultSnapshot(bool existed, object? value, IReadOnlyDictionary<string, object>? metadata)
    {
        Existed = existed;
        Value = value;
        Metadata = metadata;
    }

    /// <summary>Whether there was a secret.</summary>
    public bool Existed { get; }

    internal object? Value { get; }

    internal IReadOnlyDictionary<string, object>? Metadata { get; }
}
