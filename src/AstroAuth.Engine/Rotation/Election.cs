using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Rotation;

/// <summary>What an election came to.</summary>
internal enum ElectionResult
{
    /// <summary>No other run has a successor for the token: go on.</summary>
    Won,

    /// <summary>Another run is at it: step back.</summary>
    Lost,

    /// <summary>A run that has died left a successor: step back, settle it, and begin again.</summary>
    Leftover,
}

/// <summary>
/// Lets one of several runs go on that made a successor for the same token at the same time. Who sees no other has won: of
/// two successors the one that was made later is looked for after both exist, so that never two see none. Who sees
/// another and is the younger steps back; the elder waits until the younger has, because that one may have looked before
/// the elder's successor showed. The times decide only who steps back first, so that their exactness does not matter.
/// </summary>
internal sealed class Election
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly RotationScene _scene;

    internal Election(RotationScene scene) => _scene = scene;

    internal async Task<ElectionResult> HoldAsync(ApiTokenAnswer old, ApiTokenAnswer mine)
    {
        var clock = _scene.Api.Session.Clock;
        var begun = clock.GetTimestamp();
        await _scene.Table.RefreshAsync(mine);
        while (true)
        {
            var rivals = await GetRivalsAsync(old.Id, mine.Id);
            if (rivals.Count == 0)
                return ElectionResult.Won;
            if (rivals.Exists(r => !_scene.IsLiveElsewhere(Claim.Read(r)!, r)))
                return ElectionResult.Leftover;
            if (rivals.Exists(r => IsElder(r, mine)) || clock.GetElapsedTime(begun) > Patience)
                return ElectionResult.Lost;
            await _scene.PauseAsync(200, _scene.Api.Call.CancellationToken);
        }
    }

    private static bool IsElder(ApiTokenAnswer one, ApiTokenAnswer other) =>
        one.CreatedAt != other.CreatedAt ? one.CreatedAt < other.CreatedAt : string.CompareOrdinal(one.Id, other.Id) < 0;

    // What the table knows may have gone meanwhile.
    private async Task<List<ApiTokenAnswer>> GetRivalsAsync(string oldId, string myId)
    {
        var rivals = new List<ApiTokenAnswer>();
        foreach (var known in _scene.Table.SuccessorsOf(oldId))
        {
            if (known.Id == myId)
                continue;
            var now = await _scene.FindAsync(known.Id);
            if (now is null)
                _scene.Table.Forget(known.Id);
            else
                _scene.Table.Put(now);
            if (now is not null && Claim.Read(now) is { Verb: Claim.Successor } claim && claim.Of == oldId)
                rivals.Add(now);
            else if (now is not null)
                rivals.Add(known);
        }

        return rivals;
    }
}
