using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;

namespace AstroAuth.Vaults;

/// <summary>Reads and writes secrets so that nothing is lost: the value first, read back and compared, metadata after.</summary>
internal sealed class SecretVault
{
    private readonly SecretManagement _management;
    private readonly SecretCalls _calls;

    internal SecretVault(SecretManagement management, Action<string> warn)
    {
        _management = management;
        _calls = new SecretCalls(management, warn);
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

    /// <inheritdoc cref="SecretCalls.Read" />
    internal object Read(string vault, string name) => _calls.Read(vault, name);

    /// <summary>Writes a value and proves that the vault gives it back; on a difference puts back what was there.</summary>
    internal VaultSnapshot Write(string vault, string name, SecureString value, IReadOnlyDictionary<string, object> metadata, bool putsBack)
    {
        using (_management.Enter())
        {
            var before = _calls.CaptureUntouched(vault, name);
            try
            {
                _calls.Set(vault, name, value);
                if (!SecureStrings.AreEqual(_calls.ReadBack(vault, name), value))
                    throw SecretCalls.Differs(vault, name);
            }
            catch (AstroVaultException e) when (putsBack || !before.Existed)
            {
                throw WithOutcome(e, vault, name, before);
            }

            _calls.SetMetadata(vault, name, VaultMetadata.Merge(before.Metadata, metadata));
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
                if (_calls.Exists(vault, name))
                    _management.Call(new VaultCall("Remove-Secret", vault, name, "remove", isWrite: true).With("Name", name));
                return;
            }

            _calls.Set(vault, name, before.Value!);
            _calls.SetMetadata(vault, name, VaultMetadata.Merge(before.Metadata, VaultMetadata.None));
            if (before.Value is SecureString value && !SecureStrings.AreEqual(_calls.ReadBack(vault, name), value))
                throw SecretCalls.Differs(vault, name);
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
            var before = _calls.CaptureUntouched(vault, name);
            try
            {
                var value = before.Existed ? before.Value! : SecretNote.Make();
                _calls.Set(vault, name, value);
                if (value is SecureString text && !SecureStrings.AreEqual(_calls.ReadBack(vault, name), text))
                    throw SecretCalls.Differs(vault, name);
            }
            catch (AstroVaultException e)
            {
                throw WithOutcome(e, vault, name, before);
            }

            _calls.SetMetadata(vault, name, VaultMetadata.Merge(before.Metadata, VaultMetadata.None));
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

    private bool HoldsNote(string vault, string name) => _calls.ReadBack(vault, name) is { } value && SecretNote.Is(value);

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
}
