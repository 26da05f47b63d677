using System;
using System.Collections.Generic;
using System.Linq;
using AstroAuth.Session;
using AstroAuth.Vaults;

namespace AstroAuth.Completion;

/// <summary>Completes vaults: those that are registered, where SecretManagement is loaded, and those used so far.</summary>
internal sealed class VaultNameCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => RegisteredVaults.List()
        .Select(v => (v.Name, v.IsDefault ? $"{v.Module} vault, the default one" : $"{v.Module} vault"))
        .Concat(request.Of(SeenKind.Secret).Select(s => (s.Within!, "vault used in this session"))).ByText();
}

/// <summary>Completes secrets that were used or written, of the vault that was typed. A vault is not asked: it might ask for its password.</summary>
internal sealed class SecretNameCompleter : AstroCompleter
{
    /// <inheritdoc />
    internal override IEnumerable<CompletionItem> Offer(CompletionRequest request) => request.Of(SeenKind.Secret)
        .Where(s => request.Text("Vault") is not { } vault || string.Equals(s.Within, vault, StringComparison.OrdinalIgnoreCase))
        .Select(s => (s.Name, s.Detail)).ByText();
}
