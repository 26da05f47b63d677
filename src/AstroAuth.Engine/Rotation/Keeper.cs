using System.Security;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>The one secret that keeps a token's value, and whose value it holds.</summary>
internal sealed class Keeper
{
    private readonly RotationScene _scene;
    private readonly ISecretVault _vault;

    internal Keeper(RotationScene scene, ISecretVault vault, string vaultName, string secretName)
    {
        _scene = scene;
        _vault = vault;
        VaultName = vaultName;
        SecretName = secretName;
    }

    internal string VaultName { get; }

    internal string SecretName { get; }

    /// <exception cref="AstroVaultException">It cannot be read.</exception>
    internal Task<SecureString?> LookAsync() => _vault.LookAsync(VaultName, SecretName);

    internal Task ProveWritableAsync() => _vault.ProveWritableAsync(VaultName, SecretName);

    internal Task WithdrawAsync() => _vault.WithdrawAsync(VaultName, SecretName);

    internal Task<VaultSnapshot> WriteAsync(AstroIssuedApiToken issued, bool putsBack = true) =>
        _vault.WriteAsync(VaultName, SecretName, issued.Token, issued.ToMetadata(), putsBack);

    internal Task RestoreAsync(VaultSnapshot before) => _vault.RestoreAsync(VaultName, SecretName, before);

    /// <summary>The same secret in another vault.</summary>
    internal Keeper In(string vault) => new(_scene, _vault, vault, SecretName);

    /// <summary>Whether the vault holds a value of this token that opens Astro now, or its Airflow where it is for that.</summary>
    /// <param name="token">The token.</param>
    /// <param name="newest">The value that Astro gave last, where it is known.</param>
    /// <exception cref="AstroException">The vault cannot be read, or Astro cannot be asked: nothing may be concluded.</exception>
    internal async Task<bool> HoldsAsync(ApiTokenAnswer token, SecureString? newest = null)
    {
        if (await LookAsync() is not { } value)
            return false;
        var id = ReadId(value);
        if (id is not null && id != token.Id)
            return false;
        var asked = _scene.Now;
        if (!await OpensAsync(token, value, newest))
            return false;

        // A value that does not say whose it is: the token that was used just now is its own.
        return id is not null || (await _scene.FindAsync(token.Id))?.LastUsedAt >= asked.AddSeconds(-2);
    }

    /// <summary>
    /// The token whose value the vault holds, where it is not this one but has taken its place: younger, of the same name, owner
    /// and roles, and let in by Astro. The vault is the last witness where a late write has wiped out the notes.
    /// </summary>
    internal async Task<ApiTokenAnswer?> FindReplacementAsync(ApiTokenAnswer token)
    {
        if (await LookAsync() is not { } value || ReadId(value) is not { } id || id == token.Id)
            return null;
        return await _scene.FindAsync(id) is { } other
            && other.Name == token.Name
            && other.Scope == token.Scope
            && other.CreatedAt > token.CreatedAt
            && TokenTable.HaveSameRoles(other, token)
            && await OpensAsync(other, value, null)
            ? other
            : null;
    }

    // Where nobody can be asked, a value is the present one for certain only when there has been no other.
    private async Task<bool> OpensAsync(ApiTokenAnswer token, SecureString value, SecureString? newest)
    {
        var proof = await _scene.AskAsync(token, value, AstroCredentialSource.Vault, $"vault '{VaultName}'");
        if (proof.IsLetIn is { } isLetIn)
            return isLetIn;
        if (newest is not null)
            return SecureStrings.AreEqual(value, newest);
        if (token.LastRotatedAt is null && ReadId(value) == token.Id)
            return true;
        throw new AstroException(
            nameof(Strings.RotationNotProvable),
            Strings.Format(Strings.RotationNotProvable, token.Name, token.Id, VaultName, SecretName, proof.Why!.Message),
            AstroErrorCategory.ResourceUnavailable,
            token.Name,
            proof.Why);
    }

    private string? ReadId(SecureString value) => TokenReader.TryRead(SecureStrings.Reveal(value).Trim(), _scene.Now, out _)?.TokenId;
}
