using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>
/// Creates a token so that a lost reply leaves nothing behind: it is born with a marker as its description, by which it
/// is found and removed when nobody got its value; the marker gives way to the description once the value is safe.
/// </summary>
internal sealed class ApiTokenCreator
{
    private const int MaxAttempts = 3;
    private const int CleanUpTimeoutSec = 10;

    private readonly ApiClient _api;
    private readonly Func<ApiClient, TokenCollection> _open;

    /// <summary>Creates API tokens of an organization.</summary>
    internal ApiTokenCreator(ApiClient api, AstroPlace organization)
        : this(api, client => new OrganizationTokenCollection(new ApiTokens(client, organization.Id)))
    {
    }

    /// <summary>Creates tokens in any collection.</summary>
    internal ApiTokenCreator(ApiClient api, Func<ApiClient, TokenCollection> open)
    {
        _api = api;
        _open = open;
    }

    /// <exception cref="AstroException">Astro refused, or CreateOutcomeUnknown, CreateReplyLost, CreateOrphaned.</exception>
    internal Task<ApiTokenAnswer> CreateAsync(ApiTokenCreation creation) =>
        CreateAsync(creation, _open(_api).NewMarker(), _open(_api).KeepsMarker);

    /// <summary>The same with a marker of the caller's, that no other token has; the description follows it as far as both fit.</summary>
    internal async Task<ApiTokenAnswer> CreateAsync(ApiTokenCreation creation, DescriptionMarker born, bool withDescription = false)
    {
        var marker = born.ToString();
        var description = (withDescription ? born.AppendTo(creation.Description) : null) ?? marker;
        var removed = new List<string>();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(creation, marker, description);
            }
            catch (Exception e) when (IsOutcomeUnknown(e))
            {
                var found = await RemoveAsync(creation, marker, e.Message);
                removed.AddRange(found);
                if (!IsWorthAnotherTry(e, found.Count, attempt))
                    throw ToFailure(e, creation, marker, removed);
                _api.Call.Sink.Verbose($"The answer to the creation of '{creation.Name}' was lost; {found.Count} token(s) made by it were removed, trying again.");
            }
        }
    }

    /// <summary>Puts the description the caller wants in the marker's place.</summary>
    internal async Task<ApiTokenAnswer> FinishAsync(ApiTokenAnswer created, ApiTokenCreation creation)
    {
        try
        {
            return await _open(_api).FinishAsync(created, creation);
        }
        catch (AstroException e)
        {
            _api.Call.Sink.Warning($"The token '{creation.Name}' ({created.Id}) works, but its description could not be set and still is '{created.Description}': {e.Message}");
            return created;
        }
    }

    /// <summary>Removes a token; one that is gone already counts, because the reply to a first try may have been lost.</summary>
    internal async Task DeleteAsync(string id)
    {
        try
        {
            await _open(Unstoppable()).DeleteAsync(id);
        }
        catch (AstroApiException e) when (e.StatusCode == 404)
        {
            _api.Call.Sink.Verbose($"The token {id} is gone already.");
        }
    }

    // The request may have been carried out, or was cut short by Ctrl+C after it was sent.
    internal static bool IsOutcomeUnknown(Exception e) => e is OperationCanceledException
        or AstroNetworkException { MayHaveTakenEffect: true }
        or AstroApiException { StatusCode: >= 500 }
        or AstroApiException { ErrorId: nameof(Strings.InvalidResponse) };

    // After a time-out there is no time left; after Ctrl+C no will; a server that answers with a failure has said its word.
    private bool IsWorthAnotherTry(Exception e, int removed, int attempt) =>
        attempt < MaxAttempts
        && !_api.Call.CancellationToken.IsCancellationRequested
        && e is not AstroNetworkException { Category: AstroErrorCategory.OperationTimeout }
        && (e is AstroNetworkException || removed > 0);

    private static Exception ToFailure(Exception e, ApiTokenCreation creation, string marker, List<string> removed)
    {
        if (e is OperationCanceledException)
            return e;

        // A gateway that gives up says nothing of what became of the request behind it.
        if (e is AstroApiException { StatusCode: not 502 and not 504 } && removed.Count == 0)
            return e;
        var category = ((AstroException)e).Category;
        return removed.Count > 0
            ? new AstroNetworkException(
                nameof(Strings.CreateReplyLost),
                Strings.Format(Strings.CreateReplyLost, creation.Name, removed.Count, string.Join(", ", removed)),
                category,
                creation.Name,
                e)
            : new AstroNetworkException(
                nameof(Strings.CreateOutcomeUnknown),
                Strings.Format(Strings.CreateOutcomeUnknown, creation.Name, e.Message.TrimEnd('.'), marker),
                category,
                creation.Name,
                e);
    }

    private async Task<ApiTokenAnswer> SendAsync(ApiTokenCreation creation, string marker, string description)
    {
        var answer = await _open(_api).CreateAsync(creation, description);
        if (!string.IsNullOrEmpty(answer.Token))
            return answer;

        await RemoveAsync(creation, marker, "the answer held no value");
        throw new AstroException(
            nameof(Strings.InvalidResponse),
            Strings.Format(Strings.InvalidResponse, "POST", "tokens", "it holds no token"),
            AstroErrorCategory.ProtocolError,
            creation.Name);
    }

    private async Task<List<string>> RemoveAsync(ApiTokenCreation creation, string marker, string why)
    {
        var tokens = _open(Unstoppable());
        var found = new List<string>();
        try
        {
            await Paging.WalkAsync(offset => tokens.FetchNewestAsync(creation, offset), page =>
            {
                foreach (var token in page)
                {
                    if (token.Description?.Contains(marker) == true)
                        found.Add(token.Id);
                }

                return Task.CompletedTask;
            });
            foreach (var id in found)
                await DeleteAsync(id);
            return found;
        }
        catch (AstroException e)
        {
            throw new AstroNetworkException(
                nameof(Strings.CreateOrphaned),
                Strings.Format(Strings.CreateOrphaned, creation.Name, found.Count > 0 ? found[0] : $"its description is '{marker}'", $"{why} {e.Message}"),
                AstroErrorCategory.ConnectionError,
                creation.Name,
                e);
        }
    }

    // Cleaning up goes on after Ctrl+C, for a short while of its own.
    private ApiClient Unstoppable() => _api.Unstoppable(CleanUpTimeoutSec);
}
