using System.Collections.Generic;
using System.Security;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Vaults;

/// <summary>The vault as the engine sees it: each call goes to the pipeline thread, and to its end even after Ctrl+C.</summary>
internal sealed class PumpedVault : ISecretVault
{
    private readonly Pump _pump;
    private readonly SecretVault _vault;

    internal PumpedVault(Pump pump, SecretVault vault)
    {
        _pump = pump;
        _vault = vault;
    }

    /// <inheritdoc />
    public Task<VaultSnapshot> WriteAsync(string vault, string name, SecureString value, IReadOnlyDictionary<string, object> metadata, bool putsBack = true) =>
        _pump.InvokeAsync(() => _vault.Write(vault, name, value, metadata, putsBack), evenWhenStopped: true);

    /// <inheritdoc />
    public Task<SecureString> ReadAsync(string vault, string name) => _pump.InvokeAsync(() =>
        _vault.Read(vault, name) as SecureString
        ?? throw new AstroVaultException(nameof(Strings.VaultReadBackDiffers), Strings.Format(Strings.VaultReadBackDiffers, vault, name, "").TrimEnd(), AstroErrorCategory.ReadError, name), evenWhenStopped: true);

    /// <inheritdoc />
    public Task RestoreAsync(string vault, string name, VaultSnapshot before) => _pump.InvokeAsync(() =>
    {
        _vault.Restore(vault, name, before);
        return true;
    }, evenWhenStopped: true);

    /// <inheritdoc />
    public Task<SecureString?> LookAsync(string vault, string name) => _pump.InvokeAsync(() => _vault.Look(vault, name), evenWhenStopped: true);

    /// <inheritdoc />
    public Task ProveWritableAsync(string vault, string name) => _pump.InvokeAsync(() =>
    {
        _vault.ProveWritable(vault, name);
        return true;
    }, evenWhenStopped: true);

    /// <inheritdoc />
    public Task WithdrawAsync(string vault, string name) => _pump.InvokeAsync(() =>
    {
        _vault.Withdraw(vault, name);
        return true;
    }, evenWhenStopped: true);
}
