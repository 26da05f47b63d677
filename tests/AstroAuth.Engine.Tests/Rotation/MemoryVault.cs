using System.Collections.Concurrent;
using System.Security;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>Vaults in memory that several machines may share; a test can act or fail before and after each call.</summary>
internal sealed class MemoryVault : ISecretVault
{
    private readonly ConcurrentDictionary<string, string> _secrets = new();

    /// <summary>What was called, as <c>verb vault/name</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Acts before a call; an exception it throws is the vault's.</summary>
    public Func<string, Task>? Before { get; set; }

    /// <summary>Acts after a call has done its work; an exception it throws is the vault's, and nothing is put back.</summary>
    public Func<string, Task>? After { get; set; }

    /// <summary>Whether it takes values and cannot be read back after; what was there is put back when the caller wants that.</summary>
    public bool CannotReadBack { get; set; }

    public string? this[string name, string vault = "V"]
    {
        get => _secrets.GetValueOrDefault($"{vault}/{name}");
        set
        {
            if (value is null)
                _secrets.TryRemove($"{vault}/{name}", out _);
            else
                _secrets[$"{vault}/{name}"] = value;
        }
    }

    public static AstroVaultException Broken(bool isUntouched = false) =>
        new("VaultFailed", "The vault is sealed.", AstroErrorCategory.ResourceUnavailable, "secret") { IsUntouched = isUntouched };

    public Task<SecureString?> LookAsync(string vault, string name) =>
        CallAsync("look", vault, name, () => this[name, vault] is { } value ? SecureStrings.Conceal(value) : null);

    public Task<SecureString> ReadAsync(string vault, string name) => CallAsync("read", vault, name, () => SecureStrings.Conceal(this[name, vault]!));

    public Task<VaultSnapshot> WriteAsync(string vault, string name, SecureString value, IReadOnlyDictionary<string, object> metadata, bool putsBack = true) =>
        CallAsync("write", vault, name, () =>
        {
            var before = new VaultSnapshot(this[name, vault] is not null, this[name, vault], null);
            this[name, vault] = SecureStrings.Reveal(value);
            if (!CannotReadBack)
                return before;
            if (putsBack)
                this[name, vault] = (string?)before.Value;
            throw Broken(isUntouched: putsBack);
        });

    public Task RestoreAsync(string vault, string name, VaultSnapshot before) => CallAsync("restore", vault, name, () =>
    {
        this[name, vault] = (string?)before.Value;
        return true;
    });

    public Task ProveWritableAsync(string vault, string name) => CallAsync("prove", vault, name, () => true);

    public Task WithdrawAsync(string vault, string name) => CallAsync("withdraw", vault, name, () => true);

    private async Task<T> CallAsync<T>(string verb, string vault, string name, Func<T> work)
    {
        var call = $"{verb} {vault}/{name}";
        Calls.Enqueue(call);
        if (Before is not null)
            await Before(call);
        var result = work();
        if (After is not null)
            await After(call);
        return result;
    }
}
