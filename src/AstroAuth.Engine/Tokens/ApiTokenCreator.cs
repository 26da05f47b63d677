using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Tokens;

/// <summary>
/// Creates a token so that a lost reply leaves nothing behind: it is born with a marker as its description, by which it
/// is found and removed when nobody got its value; the marker gives way to the description once the value is safe.
/// </summary>
internal sealed class ApiTokenCreator
{
    private const int MaxLostReplies = 3;

    private readonly ApiClient _api;
    private readonly AstroPlace _organization;

    internal ApiTokenCreator(ApiClient api, AstroPlace organization)
    {
        _api = api;
        _organization = organization;
    }

    /// <exception cref="AstroException">Astro refused, or CreateOutcomeUnknown, CreateReplyLost, CreateOrphaned.</exception>
    internal async Task<ApiTokenAnswer> CreateAsync(ApiTokenCreation creation)
    {
        var removed = new List<string>();
        while (true)
        {
            var marker = $"[astroauth:creating {Guid.NewGuid():N}]";
            try
            {
                var answer = await Tokens(_api).CreateAsync(new CreateApiTokenBody
                {
                    Name = creation.Name,
                    Role = creation.Role,
                    Scope = creation.Scope!,
                    Description = marker,
                    EntityId = creation.Scope == "ORGANIZATION" ? null : creation.Entity!.Id,
                    Kind = creation.Kind,
                    TokenExpiryPeriodInDays = creation.ExpiresInDays,
                });
                if (!string.IsNullOrEmpty(answer.Token))
                    return answer;
                await RemoveAsync(creation, marker, "the answer held no value");
                throw new AstroException(nameof(Strings.InvalidResponse), Strings.Format(Strings.InvalidResponse, "POST", "tokens", "it holds no token"), AstroErrorCategory.ProtocolError, creation.Name);
            }
            catch (Exception e) when (IsOutcomeUnknown(e))
            {
                removed.AddRange(await RemoveAsync(creation, marker, e.Message));
                if (_api.Call.CancellationToken.IsCancellationRequested)
                    throw;
                if (e is AstroNetworkException { Category: AstroErrorCategory.OperationTimeout } && removed.Count == 0)
                {
                    throw new AstroNetworkException(
                        nameof(Strings.CreateOutcomeUnknown),
                        Strings.Format(Strings.CreateOutcomeUnknown, creation.Name, e.Message.TrimEnd('.'), marker),
                        AstroErrorCategory.OperationTimeout,
                        creation.Name,
                        e);
                }

                if (removed.Count >= MaxLostReplies || e is AstroNetworkException { Category: AstroErrorCategory.OperationTimeout })
                {
                    throw new AstroNetworkException(
                        nameof(Strings.CreateReplyLost),
                        Strings.Format(Strings.CreateReplyLost, creation.Name, removed.Count, string.Join(", ", removed)),
                        AstroErrorCategory.ConnectionError,
                        creation.Name,
                        e);
                }

                if (removed.Count == 0 && e is AstroApiException)
                    throw;
                _api.Call.Sink.Verbose($"The answer to the creation of '{creation.Name}' was lost; {removed.Count} token(s) made by it were removed, trying again.");
            }
        }
    }

    /// <summary>Puts the description the caller wants in the marker's place.</summary>
    internal async Task<ApiTokenAnswer> FinishAsync(ApiTokenAnswer created, ApiTokenCreation creation)
    {
        try
        {
            return await Tokens(_api).UpdateAsync(created.Id, new UpdateApiTokenBody { Name = creation.Name, Description = creation.Description });
        }
        catch (AstroException e)
        {
            _api.Call.Sink.Warning($"The token '{creation.Name}' ({created.Id}) works, but its description could not be set and still is '{created.Description}': {e.Message}");
            return created;
        }
    }

    internal Task DeleteAsync(string id) => Tokens(Unstoppable()).DeleteAsync(id);

    // The request may have been carried out, or was cut short by Ctrl+C after it was sent.
    private static bool IsOutcomeUnknown(Exception e) => e is OperationCanceledException
        or AstroNetworkException { MayHaveTakenEffect: true }
        or AstroApiException { StatusCode: >= 500 }
        or AstroApiException { ErrorId: nameof(Strings.InvalidResponse) };

    private async Task<List<string>> RemoveAsync(ApiTokenCreation creation, string marker, string why)
    {
        var api = Unstoppable();
        var found = new List<string>();
        try
        {
            var filter = creation.Scope switch
            {
                "WORKSPACE" => new List<KeyValuePair<string, string>> { new("workspaceId", creation.Entity!.Id) },
                "DEPLOYMENT" => [new("deploymentId", creation.Entity!.Id)],
                _ => [new("includeOnlyOrganizationTokens", "true")],
            };
            filter.Add(new("sorts", "createdAt:desc"));
            await Paging.WalkAsync(offset => Tokens(api).FetchAsync(filter, offset), page =>
            {
                foreach (var token in page)
                {
                    if (token.Description == marker)
                        found.Add(token.Id);
                }

                return Task.CompletedTask;
            });
            foreach (var id in found)
                await Tokens(api).DeleteAsync(id);
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
    private ApiClient Unstoppable() => new(new AstroCall(_api.Call.Connection, _api.Call.Sink, CancellationToken.None));

    private ApiTokens Tokens(ApiClient api) => new(api, _organization.Id);
}
