using System;
using System.Collections.Generic;
using System.Security;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>
/// Everything of AstroAuth that is not PowerShell. One instance serves a process; it is safe to use from any thread.
/// </summary>
public interface IAstroEngine :
    IAstroAuthentication,
    IAstroUserLogin,
    IAstroApiTokens,
    IAstroApiTokenChanges,
    IAstroRoles,
    IAstroAgentTokens,
    IAstroCliImport,
    IAstroDeployments,
    IAstroRotation,
    IAstroPlaces,
    IAstroAirflow,
    IAstroDeploys,
    IAstroAudit,
    IAstroKeyConversion,
    IAstroDiagnostics
{
    /// <summary>Calls any path of Astro's v1 API and hands over each result as a tree of plain values.</summary>
    /// <param name="call">Whom to call as.</param>
    /// <param name="request">What to call.</param>
    /// <param name="onResult">Gets the body, or with <see cref="AstroRequest.All" /> each item of each page; awaited before the next.</param>
    /// <exception cref="AstroException">The request was refused here, or Astro answered with a failure.</exception>
    Task SendAsync(AstroCall call, AstroRequest request, Func<IReadOnlyList<object?>, Task> onResult);
}

/// <summary>Credentials, connections and access tokens.</summary>
public interface IAstroAuthentication
{
    /// <summary>Reads offline what a token says of itself.</summary>
    /// <exception cref="AstroCredentialException">It is not a token that can be read.</exception>
    AstroTokenInfo ReadToken(SecureString token);

    /// <summary>Checks a credential offline and makes a connection of it; no request is sent.</summary>
    /// <exception cref="AstroException">The domain or the credential cannot be right.</exception>
    AstroConnection Open(AstroConnectionRequest request);

    /// <summary>Proves the connection's credential and fills in its places, asking Astro once where the ids are known.</summary>
    /// <param name="call">The connection, from <see cref="Open" />.</param>
    /// <param name="places">The places by id or exact name.</param>
    /// <param name="validate">False: ask Astro only about places that were named and not given by id.</param>
    /// <exception cref="AstroException">Astro refused, could not be reached, or a place was not found or ambiguous.</exception>
    Task<AstroConnection> ResolveAsync(AstroCall call, AstroPlaces places, bool validate);

    /// <summary>Gives an access token that is at hand and lives long enough, without any wait.</summary>
    /// <returns>The token, or null when one has to be asked for with <see cref="GetAccessTokenAsync" />.</returns>
    /// <exception cref="AstroCredentialException">The credential has ended or cannot live as long as asked.</exception>
    AstroAccessToken? TryGetAccessToken(AstroConnection connection, TimeSpan minimumLifetime);

    /// <summary>Gives an access token that lives long enough, renewing it when needed, once for any number of callers.</summary>
    /// <exception cref="AstroException">It cannot be had.</exception>
    Task<AstroAccessToken> GetAccessTokenAsync(AstroCall call, TimeSpan minimumLifetime);

    /// <summary>Finds out whether the connection works, for whom, and for how long. A failure is in the result.</summary>
    Task<AstroConnectionTest> TestAsync(AstroCall call);
}

/// <summary>API tokens in Astro.</summary>
public interface IAstroApiTokens
{
    /// <summary>Gives one token by its id.</summary>
    /// <exception cref="AstroException">It was not found, or Astro refused.</exception>
    Task<AstroApiToken> GetApiTokenAsync(AstroCall call, string id);

    /// <summary>Gives the tokens that a query wants, page by page; the next two are fetched while one is handed over.</summary>
    /// <exception cref="AstroException">Astro refused or could not be reached.</exception>
    Task ListApiTokensAsync(AstroCall call, ApiTokenQuery query, Func<IReadOnlyList<AstroApiToken>, Task> onPage);

    /// <summary>Makes a token and, where a vault is named, keeps its value there and proves it before it returns.</summary>
    /// <exception cref="AstroException">It was not made, or it was removed again because its value could not be kept.</exception>
    /// <exception cref="AstroTokenNotStoredException">The vault failed and the token could not be removed: the value is in the exception.</exception>
    Task<AstroIssuedApiToken> CreateApiTokenAsync(AstroCall call, ApiTokenCreation creation, ISecretVault vault);

    /// <summary>Removes a token for good.</summary>
    /// <exception cref="AstroException">It was not there, or Astro refused.</exception>
    Task DeleteApiTokenAsync(AstroCall call, string id);

    /// <summary>Finds the scope, the entity and the role a creation means, without making anything.</summary>
    /// <exception cref="AstroException">It cannot be right, or names a place that is not there.</exception>
    Task<ApiTokenCreation> PlanApiTokenAsync(AstroCall call, ApiTokenCreation creation);
}
