using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Deploys;

/// <summary>Deploys that were begun and not finished: what a run that was killed, or a lost answer, leaves behind.</summary>
internal sealed class UnfinishedDeploys
{
    private const int Looked = 20;
    private const string Initialized = "INITIALIZED";

    private readonly DeployPlace _place;
    private HashSet<string>? _known;

    internal UnfinishedDeploys(DeployPlace place) => _place = place;

    /// <summary>Tells of those that are younger than the last one that was finished; nothing where the credential may not look.</summary>
    internal async Task TellAsync()
    {
        if (await TryListAsync() is not { } latest)
            return;
        _known = new HashSet<string>(latest.Select(d => d.Id));
        foreach (var deploy in latest.TakeWhile(d => d.Status != "DEPLOYED").Where(d => d.Status == Initialized))
        {
            _place.Api.Call.Sink.Warning(
                $"The deploy {deploy.Id} of {Days.Say(deploy.CreatedAt)}{By(deploy)} was begun and not finished: the run was ended, or is still under way. It has changed nothing by itself.");
        }
    }

    /// <summary>After the answer to a creation was lost: tells what it left.</summary>
    internal async Task TellOfLostAsync(AstroNetworkException lost)
    {
        var made = (await TryListAsync())?.Where(d => d.Status == Initialized && _known?.Contains(d.Id) != true).Select(d => d.Id).ToList();
        _place.Api.Call.Sink.Warning(
            $"The answer to the beginning of the deploy was lost ({lost.ErrorId}); it is begun once more. "
            + (made is { Count: > 0 } ? $"What the first attempt may have left is not finished and changes nothing: {string.Join(", ", made)}." : "The first attempt has left nothing that can be seen."));
    }

    private async Task<IReadOnlyList<DeployAnswer>?> TryListAsync()
    {
        try
        {
            return (await _place.Deploys.FetchAsync(0, Looked)).Items;
        }
        catch (AstroException e) when (e is not AstroCredentialException)
        {
            // To publish takes less than to look at what others have published.
            _place.Api.Call.Sink.Verbose($"Earlier deploys could not be looked at: {e.Message}");
            return null;
        }
    }

    private static string By(DeployAnswer deploy) =>
        deploy.CreatedBySubject is { } subject && Tokens.ApiTokenMapping.ToModel(subject) is { } who ? $" by {who}" : "";
}
