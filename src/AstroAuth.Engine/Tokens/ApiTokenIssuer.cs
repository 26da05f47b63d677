using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>Creates a token and keeps its value in a vault: written, read back and proven before it counts as made.</summary>
internal sealed class ApiTokenIssuer
{
    private readonly ApiClient _api;
    private readonly AstroPlace _organization;
    private readonly ApiTokenCreator _creator;
    private readonly ISecretVault _vault;
    private readonly TokenCollection _tokens;

    internal ApiTokenIssuer(ApiClient api, AstroPlace organization, ISecretVault vault)
        : this(api, organization, vault, client => new OrganizationTokenCollection(new ApiTokens(client, organization.Id)))
    {
    }

    internal ApiTokenIssuer(ApiClient api, AstroPlace organization, ISecretVault vault, Func<ApiClient, TokenCollection> open)
    {
        _api = api;
        _organization = organization;
        _creator = new ApiTokenCreator(api, open);
        _vault = vault;
        _tokens = open(api);
    }

    internal async Task<AstroIssuedApiToken> IssueAsync(ApiTokenCreation creation)
    {
        var created = await _creator.CreateAsync(creation);
        var issued = created.ToIssued(_organization.Id, _api.Session.Clock.GetUtcNow());
        if (creation.Vault is { } vault)
        {
            await KeepAsync(issued, creation, vault, creation.SecretName!);
            issued.Vault = vault;
            issued.SecretName = creation.SecretName;
        }

        var finished = await FinishAsync(created, creation);
        issued.Description = finished.Description ?? "";
        issued.UpdatedOn = finished.UpdatedAt;
        return issued;
    }

    // Who stops before the value is handed over will never have it, unless a vault does.
    private async Task<ApiTokenAnswer> FinishAsync(ApiTokenAnswer created, ApiTokenCreation creation)
    {
        try
        {
            return await _creator.FinishAsync(created, creation);
        }
        catch (OperationCanceledException) when (creation.Vault is null)
        {
            await _creator.DeleteAsync(created.Id);
            throw;
        }
    }

    private async Task KeepAsync(AstroIssuedApiToken issued, ApiTokenCreation creation, string vault, string secretName)
    {
        VaultSnapshot? before = null;
        try
        {
            // From here on the vault's part runs to its end: Ctrl+C is heard before it, not in it.
            _api.Call.CancellationToken.ThrowIfCancellationRequested();
            before = await _vault.WriteAsync(vault, secretName, issued.Token, issued.ToMetadata());
            await ProveAsync(issued, creation, vault, secretName);
        }
        catch (Exception e)
        {
            await RestoreAsync(issued, vault, secretName, before, e);
            await RemoveAsync(issued, vault, secretName, e);
            if (e is not AstroException)
                throw;
            throw new AstroException(
                e is AstroVaultException ? nameof(Strings.NewTokenNotStored) : nameof(Strings.NewTokenNotProven),
                Strings.Format(e is AstroVaultException ? Strings.NewTokenNotStored : Strings.NewTokenNotProven, issued.Name, vault, secretName, e.Message),
                e is AstroVaultException ? AstroErrorCategory.WriteError : AstroErrorCategory.AuthenticationError,
                issued.Name,
                e);
        }
    }

    // The value that the vault gives back must be the one that is let in.
    private async Task ProveAsync(AstroIssuedApiToken issued, ApiTokenCreation creation, string vault, string secretName)
    {
        if (_tokens.KeepsMarker)
        {
            // An agent's token is for no API, so that it proves nothing there; the vault has compared its value already.
            await _tokens.GetAsync(issued.Id);
            return;
        }

        var value = await _vault.ReadAsync(vault, secretName);
        var where = $"vault '{vault}'";
        if (issued.Kind != ApiTokenPlan.DirectAccess)
        {
            await new TokenProof(_api).ProveAsync(value, AstroCredentialSource.Vault, where);
            return;
        }

        var proof = await new TokenProof(_api).AskAirflowAsync(value, _organization.Id, creation.Entity!.Id, AstroCredentialSource.Vault, where);
        proof.Accept(issued.Name, _api.Call.Sink);
    }

    // A vault that keeps the new value must not be left with a dead one: then the token stays, and its value goes to the caller.
    private async Task RestoreAsync(AstroIssuedApiToken issued, string vault, string secretName, VaultSnapshot? before, Exception cause)
    {
        if (before is null)
            return;
        try
        {
            await _vault.RestoreAsync(vault, secretName, before);
        }
        catch (Exception e) when (e is AstroException or OperationCanceledException)
        {
            throw NotStored(nameof(Strings.NewTokenLeftInVault), Strings.NewTokenLeftInVault, issued, vault, secretName, cause, e);
        }
    }

    private async Task RemoveAsync(AstroIssuedApiToken issued, string vault, string secretName, Exception cause)
    {
        try
        {
            await _creator.DeleteAsync(issued.Id);
        }
        catch (AstroException e)
        {
            throw NotStored(nameof(Strings.NewTokenNotStoredNorRemoved), Strings.NewTokenNotStoredNorRemoved, issued, vault, secretName, cause, e);
        }
    }

    private static AstroTokenNotStoredException NotStored(
        string errorId,
        string text,
        AstroIssuedApiToken issued,
        string vault,
        string secretName,
        Exception cause,
        Exception why) =>
        new(errorId, Strings.Format(text, issued.Name, issued.Id, vault, secretName, cause.Message.TrimEnd('.'), why.Message.TrimEnd('.')), issued, cause);
}
