using System.Collections.Concurrent;
using System.Security;
using AstroAuth.Engine.Tests.Support;

namespace AstroAuth.Engine.Tests.Rotation;

/// <summary>How the next call of a vault goes wrong.</summary>
public enum VaultTrouble
{
    None,

    /// <summary>It cannot be read.</summary>
    Locked,

    /// <summary>It takes no value and says so.</summary>
    Refuses,

    /// <summary>It keeps the value and says that it did not.</summary>
    KeepsAndFails,

    /// <summary>It keeps something else, and cannot be set right.</summary>
    Spoils,
}

/// <summary>A vault that several machines share and that tells the emulator what it holds.</summary>
internal sealed class SharedVault(EmulatorClient client) : ISecretVault
{
    private readonly ConcurrentDictionary<string, string> _secrets = new();

    public VaultTrouble Trouble { get; set; }

    /// <summary>Holds the next write after it has seen what was there and before it changes it.</summary>
    public TaskCompletionSource? WriteGate { get; set; }

    /// <summary>Completed when a write waits at the gate.</summary>
    public TaskCompletionSource AtGate { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? this[string name] => _secrets.GetValueOrDefault(name);

    public async Task PutAsync(string name, string? value)
    {
        if (value is null)
            _secrets.TryRemove(name, out _);
        else
            _secrets[name] = value;
        await client.Post("/_emulator/watched", value is null ? new { name } : new { name, value });
    }

    public async Task<VaultSnapshot> WriteAsync(string vault, string name, SecureString value, IReadOnlyDictionary<string, object> metadata, bool putsBack = true)
    {
        var before = new VaultSnapshot(_secrets.ContainsKey(name), this[name], null);
        if (WriteGate is { } gate)
        {
            WriteGate = null;
            AtGate.SetResult();
            await gate.Task;
        }

        switch (Take(forRead: false))
        {
            case VaultTrouble.Locked or VaultTrouble.Refuses:
                throw Fails(isUntouched: true);
            case VaultTrouble.KeepsAndFails:
                await PutAsync(name, SecureStrings.Reveal(value));
                throw Fails(isUntouched: false);
            case VaultTrouble.Spoils:
                await PutAsync(name, "spoiled");
                throw Fails(isUntouched: false);
        }

        await PutAsync(name, SecureStrings.Reveal(value));
        return before;
    }

    public Task<SecureString> ReadAsync(string vault, string name) => Task.FromResult(SecureStrings.Conceal(_secrets[name]));

    public Task<SecureString?> LookAsync(string vault, string name) => Take(forRead: true) == VaultTrouble.Locked
        ? Task.FromException<SecureString?>(Fails(isUntouched: true))
        : Task.FromResult(this[name] is { } value ? SecureStrings.Conceal(value) : null);

    public Task ProveWritableAsync(string vault, string name) => Trouble == VaultTrouble.Refuses
        ? Task.FromException(Fails(isUntouched: true))
        : Task.CompletedTask;

    public Task WithdrawAsync(string vault, string name) => Task.CompletedTask;

    public Task RestoreAsync(string vault, string name, VaultSnapshot before) => PutAsync(name, (string?)before.Value);

    private static AstroVaultException Fails(bool isUntouched) =>
        new("VaultFailed", "The vault is sealed.", AstroErrorCategory.ResourceUnavailable, "secret") { IsUntouched = isUntouched };

    // A trouble meets one call; only a locked vault cannot be read.
    private VaultTrouble Take(bool forRead)
    {
        var trouble = Trouble;
        if (trouble == VaultTrouble.None || (forRead && trouble != VaultTrouble.Locked))
            return VaultTrouble.None;
        Trouble = VaultTrouble.None;
        return trouble;
    }
}
