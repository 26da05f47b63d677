using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace AstroAuth.Vaults;

/// <summary>Tells locked from missing from broken; the vault's own record is never passed on.</summary>
internal static class VaultErrors
{
    private const string LockedType = "Microsoft.PowerShell.SecretManagement.PasswordRequiredException";

    internal static AstroVaultException Classify(RuntimeException exception, VaultCall call, Func<string> listVaults)
    {
        var chain = Chain(exception);
        var id = Head(exception.ErrorRecord);
        if (chain.Exists(e => e.GetType().FullName == LockedType) || id == LockedType)
            return Locked(call);
        switch (id)
        {
            case "GetSecretVaultNotFound":
                return new AstroVaultException(nameof(Strings.VaultNotFound), Strings.Format(Strings.VaultNotFound, call.Vault, listVaults()), AstroErrorCategory.ObjectNotFound, call.Vault);
            case "GetSecretNotFound" or "SecretStoreSetSecretInfoFailed" or "SecretStoreRemoveSecretFailed" when id == "GetSecretNotFound" || chain.Exists(e => e is ItemNotFoundException):
                return new AstroVaultException(nameof(Strings.VaultSecretNotFound), Strings.Format(Strings.VaultSecretNotFound, call.Secret, call.Vault), AstroErrorCategory.ObjectNotFound, call.Secret);
        }

        if (id.StartsWith("Modules_Module", StringComparison.Ordinal) || id.StartsWith("CouldNotAutoLoadModule", StringComparison.Ordinal) || id == "MissingEndCurlyBrace")
        {
            return new AstroVaultException(
                nameof(Strings.VaultExtensionMissing),
                Strings.Format(Strings.VaultExtensionMissing, call.Vault, Innermost(chain)),
                AstroErrorCategory.NotInstalled,
                call.Vault);
        }

        // A failure of the vault is a PSInvalidOperationException too; only "busy" has a second one as its direct cause.
        if (chain.Exists(e => e is PSInvalidOperationException { InnerException: PSInvalidOperationException inner } && Head(inner.ErrorRecord) == "InvalidOperation"))
            return new AstroVaultException(nameof(Strings.VaultBusy), Strings.Format(Strings.VaultBusy, call.Vault), AstroErrorCategory.ResourceUnavailable, call.Vault);

        return new AstroVaultException(
            nameof(Strings.VaultFailed),
            Strings.Format(Strings.VaultFailed, call.Vault, call.Verb, call.Secret, Innermost(chain)),
            call.IsWrite ? AstroErrorCategory.WriteError : AstroErrorCategory.ReadError,
            call.Secret);
    }

    internal static AstroVaultException Locked(VaultCall call) =>
        new(nameof(Strings.VaultLocked), Strings.Format(Strings.VaultLocked, call.Vault), AstroErrorCategory.SecurityError, call.Vault);

    // The causes, by both ways that PowerShell keeps them: the exception's and its error record's.
    private static List<Exception> Chain(Exception? exception)
    {
        var chain = new List<Exception>();
        Walk(exception);
        return chain;

        void Walk(Exception? e)
        {
            for (; e is not null && !chain.Contains(e); e = e.InnerException)
            {
                chain.Add(e);
                if (e is IContainsErrorRecord { ErrorRecord.Exception: { } recorded })
                    Walk(recorded);
            }
        }
    }

    private static string Head(ErrorRecord? record)
    {
        var id = record?.FullyQualifiedErrorId ?? "";
        var comma = id.IndexOf(',');
        return comma < 0 ? id : id.Substring(0, comma);
    }

    // SecretManagement's own sentence says only that it failed; the vault's says why.
    private static string Innermost(List<Exception> chain)
    {
        var deepest = chain[0];
        foreach (var e in chain)
        {
            while (deepest.InnerException is { } inner)
                deepest = inner;
            if (e.InnerException is null && !string.IsNullOrWhiteSpace(e.Message) && e is not ActionPreferenceStopException and not CmdletInvocationException)
                deepest = e;
        }

        return deepest.Message.Trim();
    }
}
