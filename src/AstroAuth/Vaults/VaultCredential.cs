using System;
using System.Collections;
using System.Management.Automation;
using System.Security;

namespace AstroAuth.Vaults;

/// <summary>Makes a connection request of a secret, by its type.</summary>
internal static class VaultCredential
{
    /// <exception cref="AstroVaultException">VaultSecretType.</exception>
    internal static AstroConnectionRequest ToRequest(object secret, string vault, string name, AstroConnectionRequest common)
    {
        var request = common with { Source = AstroCredentialSource.Vault, SourceDetail = $"secret '{name}' of vault '{vault}'" };
        return secret switch
        {
            SecureString token => request with { Kind = AstroCredentialKind.ApiToken, Secret = token },
            PSCredential key => request with { Kind = AstroCredentialKind.DeploymentKey, KeyId = key.UserName, Secret = key.Password },
            Hashtable table when Find(table, "ApiToken") is { } token => request with { Kind = AstroCredentialKind.ApiToken, Secret = token },
            Hashtable table when Find(table, "KeyId") is { } id && Find(table, "KeySecret") is { } key =>
                request with { Kind = AstroCredentialKind.DeploymentKey, KeyId = SecureStrings.Reveal(id), Secret = key },
            _ => throw new AstroVaultException(
                nameof(Strings.VaultSecretType),
                Strings.Format(Strings.VaultSecretType, name, vault, secret is Hashtable ? "a Hashtable without a credential's entries" : $"of type {secret.GetType().Name}"),
                AstroErrorCategory.InvalidArgument,
                name),
        };
    }

    private static SecureString? Find(Hashtable table, string key)
    {
        foreach (DictionaryEntry entry in table)
        {
            if (string.Equals(entry.Key as string, key, StringComparison.OrdinalIgnoreCase))
            {
                return (entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value) switch
                {
                    SecureString secret => secret,
                    string text => SecureStrings.Conceal(text),
                    _ => null,
                };
            }
        }

        return null;
    }
}
