using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace AstroAuth.Vaults;

/// <summary>The single calls about one secret, of which reading and writing without loss are made.</summary>
internal sealed class SecretCalls
{
    private readonly SecretManagement _management;
    private readonly Action<string> _warn;

    internal SecretCalls(SecretManagement management, Action<string> warn)
    {
        _management = management;
        _warn = warn;
    }

    /// <summary>Reads a secret of any type.</summary>
    /// <exception cref="AstroVaultException">It is missing, empty, locked, or the vault failed.</exception>
    internal object Read(string vault, string name)
    {
        var found = _management.Call(new VaultCall("Get-Secret", vault, name, "read").With("Name", name).With("AsPlainText", false));
        var value = found.Count > 0 ? found[0]?.BaseObject : null;
        return value is null or SecureString { Length: 0 }
            ? throw new AstroVaultException(nameof(Strings.VaultSecretEmpty), Strings.Format(Strings.VaultSecretEmpty, name, vault), AstroErrorCategory.ReadError, name)
            : value;
    }

    /// <summary>What is there, with its metadata; nothing has been changed when it cannot be told.</summary>
    internal VaultSnapshot CaptureUntouched(string vault, string name)
    {
        try
        {
            return Capture(vault, name);
        }
        catch (AstroVaultException e)
        {
            e.IsUntouched = true;
            throw;
        }
    }

    private VaultSnapshot Capture(string vault, string name)
    {
        var info = FindInfo(vault, name);
        object value;
        try
        {
            // What cannot be read could not be put back, so that it is not overwritten either.
            value = Read(vault, name);
        }
        catch (AstroVaultException e) when (e.ErrorId == nameof(Strings.VaultSecretNotFound))
        {
            return new VaultSnapshot(false, null, null);
        }
        if (value is SecureString text && SecretNote.Is(text))
            return new VaultSnapshot(false, null, null);
        return new VaultSnapshot(true, value, info?.Properties["Metadata"]?.Value as IReadOnlyDictionary<string, object>);
    }

    /// <summary>Whether there is anything under the name.</summary>
    internal bool Exists(string vault, string name)
    {
        try
        {
            Read(vault, name);
            return true;
        }
        catch (AstroVaultException e) when (e.ErrorId is nameof(Strings.VaultSecretNotFound) or nameof(Strings.VaultSecretEmpty))
        {
            return e.ErrorId == nameof(Strings.VaultSecretEmpty);
        }
    }

    // Metadata is worth keeping but never worth failing for.
    private PSObject? FindInfo(string vault, string name)
    {
        try
        {
            return _management.Call(new VaultCall("Get-SecretInfo", vault, name, "look up").With("Name", WildcardPattern.Escape(name)))
                .FirstOrDefault(i => string.Equals(i.Properties["Name"]?.Value as string, name, StringComparison.OrdinalIgnoreCase));
        }
        catch (AstroVaultException e) when (e.ErrorId == nameof(Strings.VaultFailed))
        {
            _warn($"The metadata of secret '{name}' could not be read and will not be kept: {e.Message}");
            return null;
        }
    }

    /// <summary>The text that is there, or null for nothing and for another type.</summary>
    internal SecureString? ReadBack(string vault, string name)
    {
        try
        {
            return Read(vault, name) as SecureString;
        }
        catch (AstroVaultException e) when (e.ErrorId is nameof(Strings.VaultSecretNotFound) or nameof(Strings.VaultSecretEmpty))
        {
            return null;
        }
    }

    /// <summary>Writes a value of any type over what is there.</summary>
    internal void Set(string vault, string name, object value) =>
        _management.Call(new VaultCall("Set-Secret", vault, name, "write", isWrite: true).With("Name", name).With("Secret", value).With("NoClobber", false));

    /// <summary>Describes the secret; a vault that cannot is worth a warning and no more.</summary>
    internal void SetMetadata(string vault, string name, System.Collections.Hashtable metadata)
    {
        if (metadata.Count == 0)
            return;
        try
        {
            _management.Call(new VaultCall("Set-SecretInfo", vault, name, "describe", isWrite: true).With("Name", name).With("Metadata", metadata));
        }
        catch (AstroVaultException e)
        {
            _warn($"The secret '{name}' is kept in vault '{vault}', but not what describes it (its expiry and the token's id): {e.Message}");
        }
    }

    /// <summary>The vault gives back something else than it was given.</summary>
    internal static AstroVaultException Differs(string vault, string name) =>
        new(nameof(Strings.VaultReadBackDiffers), Strings.Format(Strings.VaultReadBackDiffers, vault, name, "").TrimEnd(), AstroErrorCategory.WriteError, name);
}
