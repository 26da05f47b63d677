using System.Collections.Generic;

namespace AstroAuth.Vaults;

/// <summary>One call of a SecretManagement cmdlet.</summary>
internal sealed class VaultCall
{
    private readonly Dictionary<string, object> _parameters = [];

    /// <summary>Makes a call.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <param name="vault">The vault; empty for a cmdlet about all vaults.</param>
    /// <param name="secret">The secret's name, for sentences.</param>
    /// <param name="verb">What is done to the secret, for sentences.</param>
    /// <param name="isWrite">Whether the cmdlet knows -WhatIf and -Confirm.</param>
    internal VaultCall(string cmdlet, string vault, string secret, string verb, bool isWrite = false)
    {
        Cmdlet = cmdlet;
        Vault = vault;
        Secret = secret;
        Verb = verb;
        IsWrite = isWrite;
        if (vault.Length > 0)
            _parameters["Vault"] = vault;
    }

    internal string Cmdlet { get; }

    internal string Vault { get; }

    internal string Secret { get; }

    internal string Verb { get; }

    internal bool IsWrite { get; }

    internal IReadOnlyDictionary<string, object> Parameters => _parameters;

    internal VaultCall With(string parameter, object value)
    {
        _parameters[parameter] = value;
        return this;
    }
}
