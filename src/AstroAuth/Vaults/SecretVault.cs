using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace AstroAuth.Vaults;

/// <summary>Reads and writes secrets so that nothing is lost: the value first, read back and compared, metadata after.</summary>
internal sealed class SecretVault
{
    private readonly SecretManagement _management;
    private readonly Action<string> _warn;

    internal SecretVault(SecretManagement management, Action<string> warn)
    {
        _management = management;
        _warn = warn;
    }

    /// <summary>The default vault's name.</summary>
    /// <exception cref="AstroVaultException">NoDefaultVault.</exception>
    internal string GetDefault()
    {
        var vaults = _management.Call(new VaultCall("Get-SecretVault", "", "", "list"));
        var chosen = vaults.FirstOrDefault(v => v.Properties["IsDefault"]?.Value is true);
        return chosen?.Properties["Name"].Value as string
            ?? throw new AstroVaultException(
                nameof(Strings.NoDefaultVault),
                Strings.Format(Strings.NoDefaultVault, vaults.Count == 0 ? "none; see Register-SecretVault" : string.Join(", ", vaults.Select(v => v.Properties["Name"].Value))),
                AstroErrorCategory.InvalidArgument,
                "Vault");
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

    /// <summary>Writes a value and proves that the vault gives it back; on a difference puts back what was there.</summary>
    internal VaultSnapshot Write(string vault, string name, SecureString value, IReadOnlyDictionary<string, object> metadata, bool putsBack)
    {
        using (_management.Enter())
        {
            var before = CaptureUntouched(vault, name);
            try
            {
                Set(vault, name, value);
                if (!SecureStrings.AreEqual(ReadBack(vault, name), value))
                    throw Differs(vault, name);
            }
            catch (AstroVaultException e) when (putsBack || !before.Existed)
            {
                throw WithOutcome(e, vault, name, before);
            }

            SetMetadata(vault, name, VaultMetadata.Merge(before.Metadata, metadata));
            return before;
        }
    }

    /// <summary>Puts back what was there before a write.</summary>
    internal void Restore(string vault, string name, VaultSnapshot before)
    {
        using (_management.Enter())
        {
            if (!before.Existed)
            {
                if (Exists(vault, name))
                    _management.Call(new VaultCall("Remove-Secret", vault, name, "remove", isWrite: true).With("Name", name));
                return;
            }

            Set(vault, name, before.Value!);
            SetMetadata(vault, name, VaultMetadata.Merge(before.Metadata, VaultMetadata.None));
            if (before.Value is SecureString value && !SecureStrings.AreEqual(ReadBack(vault, name), value))
                throw Differs(vault, name);
        }
    }

    /// <summary>What the vault holds, where it is text; null for nothing, for our note, and for another type.</summary>
    /// <exception cref="AstroVaultException">It cannot be read, or a secret of this name could not be made.</exception>
    internal SecureString? Look(string vault, string name)
    {
        try
        {
            return Read(vault, name) is SecureString value && !SecretNote.Is(value) ? value : null;
        }
        catch (AstroVaultException e) when (e.ErrorId == nameof(Strings.VaultSecretNotFound))
        {
            SecretName.Check(name);
            return null;
        }
    }

    /// <summary>Writes back what is there, or a note where nothing is, and compares.</summary>
    internal void ProveWritable(string vault, string name)
    {
        using (_management.Enter())
        {
            var before = CaptureUntouched(vault, name);
            try
            {
                var value = before.Existed ? before.Value! : SecretNote.Make();
                Set(vault, name, value);
                if (value is SecureString text && !SecureStrings.AreEqual(ReadBack(vault, name), text))
                    throw Differs(vault, name);
            }
            catch (AstroVaultException e)
            {
                throw WithOutcome(e, vault, name, before);
            }

            SetMetadata(vault, name, VaultMetadata.Merge(before.Metadata, VaultMetadata.None));
        }
    }

    /// <summary>Removes our note, if that is what is there.</summary>
    internal void Withdraw(string vault, string name)
    {
        using (_management.Enter())
        {
            if (!HoldsNote(vault, name))
                return;
            _management.Call(new VaultCall("Remove-Secret", vault, name, "remove", isWrite: true).With("Name", name));
            if (HoldsNote(vault, name))
                throw new AstroVaultException(nameof(Strings.VaultNoteLeft), Strings.Format(Strings.VaultNoteLeft, name, vault), AstroErrorCategory.WriteError, name);
        }
    }

    private bool HoldsNote(string vault, string name) => ReadBack(vault, name) is { } value && SecretNote.Is(value);

    private VaultSnapshot CaptureUntouched(string vault, string name)
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

    private bool Exists(string vault, string name)
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

    private SecureString? ReadBack(string vault, string name)
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

    private void Set(string vault, string name, object value) =>
        _management.Call(new VaultCall("Set-Secret", vault, name, "write", isWrite: true).With("Name", name).With("Secret", value).With("NoClobber", false));

    private void SetMetadata(string vault, string name, System.Collections.Hashtable metadata)
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

    private AstroVaultException WithOutcome(AstroVaultException cause, string vault, string name, VaultSnapshot before)
    {
        string outcome;
        var isUntouched = false;
        try
        {
            Restore(vault, name, before);
            isUntouched = true;
            outcome = before.Existed ? "The former value was put back." : "Nothing was left there.";
        }
        catch (AstroVaultException e)
        {
            outcome = $"What it holds now is not certain: {e.Message}";
        }

        return new AstroVaultException(
            cause.ErrorId,
            cause.ErrorId == nameof(Strings.VaultReadBackDiffers) ? Strings.Format(Strings.VaultReadBackDiffers, vault, name, outcome) : $"{cause.Message} {outcome}",
            cause.Category,
            cause.Target) { IsUntouched = isUntouched };
    }

    private static AstroVaultException Differs(string vault, string name) =>
        new(nameof(Strings.VaultReadBackDiffers), Strings.Format(Strings.VaultReadBackDiffers, vault, name, "").TrimEnd(), AstroErrorCategory.WriteError, name);
}
