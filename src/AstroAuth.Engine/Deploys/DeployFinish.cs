using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deploys;

/// <summary>Tells Astro that an upload is whole. A lost answer is looked into: a deploy that says it is deployed is.</summary>
internal sealed class DeployFinish
{
    private const int MostTries = 3;

    private readonly DeployPlace _place;
    private readonly string _id;
    private readonly Action _onLost;

    internal DeployFinish(DeployPlace place, string id, Action onLost)
    {
        _place = place;
        _id = id;
        _onLost = onLost;
    }

    /// <exception cref="AstroException">Astro refused, or its answer was lost again and again.</exception>
    internal async Task<DeployAnswer> FinishAsync(FinalizeDeployBody body)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await _place.Deploys.FinalizeAsync(_id, body);
            }
            catch (AstroException e) when (tries < MostTries && IsLost(e))
            {
                _onLost();
                _place.Api.Call.Sink.Verbose($"The answer to the finishing of deploy {_id} was lost ({e.ErrorId}); looking at it.");
                if (await TryGetAsync() is { Status: "DEPLOYED" } deployed)
                    return deployed;
            }
        }
    }

    private static bool IsLost(AstroException e) => e is AstroNetworkException { MayHaveTakenEffect: true } or AstroApiException { StatusCode: >= 500 };

    private async Task<DeployAnswer?> TryGetAsync()
    {
        try
        {
            return await _place.Deploys.GetAsync(_id);
        }
        catch (AstroApiException e) when (e.StatusCode == 403)
        {
            // To publish takes less than to look at deploys.
            return null;
        }
    }
}
