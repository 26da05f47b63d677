using System.Security;

namespace AstroAuth.Engine.Tests.Engine;

/// <summary>A vault that keeps, loses or spoils what it is given, as a test asks.</summary>
internal sealed class FakeVault : ISecretVault
{
    public Dictionary<string, string> Secrets { get; } = [];

    public List<string> Calls { get; } = [];

    public IReadOnlyDictionary<string, object>? Metadata { get; private set; }

    public Exception? WriteFailure { get; set; }

    public Exception? LookFailure { get; set; }

    public Exception? RestoreFailure { get; set; }

    public Action? OnWritten { get; set; }

    /// <summary>What is read instead of what was written.</summary>
    public string? Spoiled { get; set; }

    public static AstroVaultException Failure => new("VaultFailed", "The vault is sealed.", AstroErrorCategory.ResourceUnavailable, "secret");

    public Task<VaultSnapshot> WriteAsync(string vault, string name, SecureString value, IReadOnlyDictionary<string, object> metadata, bool putsBack = true)
    {
        Calls.Add("write " + name);
        if (WriteFailure is not null)
            return Task.FromException<VaultSnapshot>(WriteFailure);
        var before = new VaultSnapshot(Secrets.ContainsKey(name), Secrets.GetValueOrDefault(name), null);
        Secrets[name] = SecureStrings.Reveal(value);
        Metadata = metadata;
        OnWritten?.Invoke();
        return Task.FromResult(before);
    }

    public Task<SecureString> ReadAsync(string vault, string name)
    {
        Calls.Add("read " + name);
        return Task.FromResult(SecureStrings.Conceal(Spoiled ?? Secrets[name]));
    }

    public Task<SecureString?> LookAsync(string vault, string name)
    {
        Calls.Add("look " + name);
        if (LookFailure is not null)
            return Task.FromException<SecureString?>(LookFailure);
        return Task.FromResult(Secrets.TryGetValue(name, out var value) ? SecureStrings.Conceal(value) : null);
    }

    public Task ProveWritableAsync(string vault, string name)
    {
        Calls.Add("prove " + name);
        return WriteFailure is null ? Task.CompletedTask : Task.FromException(WriteFailure);
    }

    public Task WithdrawAsync(string vault, string name)
    {
        Calls.Add("withdraw " + name);
        return Task.CompletedTask;
    }

    public Task RestoreAsync(string vault, string name, VaultSnapshot before)
    {
        Calls.Add("restore " + name);
        if (RestoreFailure is not null)
            return Task.FromException(RestoreFailure);
        if (before.Existed)
            Secrets[name] = (string)before.Value!;
        else
            Secrets.Remove(name);
        return Task.CompletedTask;
    }
}
