using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Tokens;

/// <summary>Creates a token and keeps its value in a vault: written, read back and proven before it counts as made.</summary>
internal sealed class ApiTokenIssuer
{
    private readonly ApiClient _api;
    private readonly AstroPlace _organization;
    private readonly ApiTokenCreator _creator;
    private readonly ISecretVault _vault;

    internal ApiTokenIssuer(ApiClient api, AstroPlace organization, ISecretVault vault)
    {
        _api = api;
        _organization = organization;
        _creator = new ApiTokenCreator(api, organization);
        _vault = vault;
    }

    internal async Task<AstroIssuedApiToken> IssueAsync(ApiTokenCreation creation)
    {
        var created = await _creator.CreateAsync(creation);
        var issued = created.ToIssued(_organization.Id, _api.Session.Clock.GetUtcNow());
        if (creation.Vault is { } vault)
        {
            await KeepAsync(issued, vault, creation.SecretName!);
            issued.Vault = vault;
            issued.SecretName = creation.SecretName;
        }

        var finished = await _creator.FinishAsync(created, creation);
        issued.Description = finished.Description ?? "";
        issued.UpdatedOn = finished.UpdatedAt;
        return issued;
    }

    private async Task KeepAsync(AstroIssuedApiToken issued, string vault, string secretName)
    {
        VaultSnapshot? before = null;
        try
        {
            before = await _vault.WriteAsync(vault, secretName, issued.Token, Describe(issued));
            await ProveAsync(issued, vault, secretName);
        }
        catch (Exception e) when (e is AstroException or OperationCanceledException)
        {
            await RestoreAsync(vault, secretName, before);
            await RemoveAsync(issued, vault, secretName, e);
            if (e is OperationCanceledException)
                throw;
            throw new AstroException(
                e is AstroVaultException ? nameof(Strings.NewTokenNotStored) : nameof(Strings.NewTokenNotProven),
                e is AstroVaultException
                    ? Strings.Format(Strings.NewTokenNotStored, issued.Name, vault, secretName, e.Message)
                    : Strings.Format(Strings.NewTokenNotProven, issued.Name, vault, secretName, e.Message) + " The token was removed again.",
                e is AstroVaultException ? AstroErrorCategory.WriteError : AstroErrorCategory.AuthenticationError,
                issued.Name,
                e);
        }
    }

    // The value that the vault gives back must be the one that opens Astro.
    private async Task ProveAsync(AstroIssuedApiToken issued, string vault, string secretName)
    {
        var kept = CredentialText.Clean(SecureStrings.Reveal(await _vault.ReadAsync(vault, secretName)), "API token", $"vault '{vault}'");
        var domain = _api.Session.Domain;
        using var session = new AstroSession(domain, FixedCredential.ApiToken(kept, $"vault '{vault}'", domain, _api.Session.Clock), _api.Session.Clock);
        var own = _api.Call.Connection;
        var connection = new AstroConnection(own.Name, session, AstroCredentialSource.Vault, secretName) { TimeoutSec = own.TimeoutSec };
        await new Organizations(new ApiClient(_api.Call.As(connection))).ListAsync();
    }

    private async Task RestoreAsync(string vault, string secretName, VaultSnapshot? before)
    {
        if (before is null)
            return;
        try
        {
            await _vault.RestoreAsync(vault, secretName, before);
        }
        catch (AstroVaultException e)
        {
            _api.Call.Sink.Warning($"What secret '{secretName}' of vault '{vault}' held before could not be put back: {e.Message}");
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
            throw new AstroTokenNotStoredException(
                nameof(Strings.NewTokenNotStoredNorRemoved),
                Strings.Format(Strings.NewTokenNotStoredNorRemoved, issued.Name, issued.Id, vault, secretName, cause.Message, e.Message),
                issued,
                cause);
        }
    }

    private static Dictionary<string, object> Describe(AstroIssuedApiToken issued)
    {
        var metadata = new Dictionary<string, object>
        {
            ["AstroTokenId"] = issued.Id,
            ["AstroTokenName"] = issued.Name,
            ["AstroOrganizationId"] = issued.OrganizationId,
        };
        if (issued.ExpiresOn is { } end)
            metadata["Expires"] = end.UtcDateTime;
        return metadata;
    }
}
