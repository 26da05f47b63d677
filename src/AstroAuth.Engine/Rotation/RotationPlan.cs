using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>Finds the tokens that are meant, and what is to be done with each. Changes nothing.</summary>
internal sealed class RotationPlan
{
    private readonly ApiClient _api;
    private readonly AstroPlace _organization;
    private readonly AstroRotationRequest _request;
    private readonly Runner _runner;
    private readonly TokenTable _table;

    internal RotationPlan(ApiClient api, AstroPlace organization, AstroRotationRequest request, Runner runner)
    {
        _api = api;
        _organization = organization;
        _request = request;
        _runner = runner;
        _table = new TokenTable(api, organization.Id);
    }

    private DateTimeOffset Now => _api.Session.ServerClock.GetUtcNow();

    internal async Task<RotationRun> MakeAsync()
    {
        var named = await _table.LoadAsync(_request.Ids, _request.NameMatches);
        var ids = _request.Ids.Concat(named.Select(t => t.Id)).Distinct(StringComparer.Ordinal).ToList();
        if (_request.Recover && _request.Ids.Count == 0 && _request.NameMatches is null)
            ids = _table.Claimed.Select(t => t.Id).ToList();
        var jobs = new List<RotationJob>();
        foreach (var id in ids)
        {
            var job = Plan(id, ids);

            // Two leavings of one token are settled together.
            jobs.Add(jobs.Exists(j => j.OldId == job.OldId) ? Make(id, job.Listed, null, skip: $"it is the unfinished successor of {job.OldId}") : job);
        }

        foreach (var due in _table.Claimed.Where(t => IsDue(t) && !jobs.Exists(j => j.OldId == t.Id)))
            jobs.Add(Retire(due, isExtra: true));
        return new RotationRun(_organization, _request, _runner, _table, jobs);
    }

    internal async Task<IReadOnlyList<AstroTokenRotation>> ListAsync()
    {
        await _table.LoadAsync([], null);
        return _table.Claimed.Select(ToModel).ToList();
    }

    private RotationJob Plan(string id, List<string> ids)
    {
        var token = _table.Find(id);
        var claim = token is null ? null : Claim.Read(token);
        switch (claim?.Verb)
        {
            case Claim.Retire when _table.SuccessorsOf(id).Count == 0:
                return Retire(token!, isExtra: false);
            case Claim.Retire:
                return Make(id, token, $"Finish the rotation of token {id} that an earlier run began");
            case Claim.Successor when ids.Contains(claim.Of) && _table.Find(claim.Of) is not null:
                return Make(id, token, null, skip: $"it is the unfinished successor of {claim.Of}");
            case Claim.Successor:
                return Make(claim.Of, token, $"Finish or undo the rotation of token {claim.Of} that an earlier run began");
        }

        if (token is null)
        {
            return _table.SuccessorsOf(id).FirstOrDefault() is { } successor
                ? Make(id, successor, $"Finish the rotation of token {id} that an earlier run began")
                : Make(id, null, null, failure: new AstroException(nameof(Strings.RotationTokenNotFound), Strings.Format(Strings.RotationTokenNotFound, id, _api.Call.Connection.Name), AstroErrorCategory.ObjectNotFound, id));
        }

        var isLeft = claim is not null || _table.SuccessorsOf(id).Count > 0;
        if (!isLeft && _request.Recover)
            return Make(id, token, null, skip: "there is nothing to recover");
        var why = isLeft ? null : Schedule.WhyNot(token, _request, Now);
        return why is not null
            ? Make(id, token, null, skip: why)
            : Make(id, token, (isLeft ? "Finish or undo what an earlier run began" + (_request.Recover ? "" : ", then ") : "") + (_request.Recover ? "" : Describe(token, !isLeft)));
    }

    private RotationJob Retire(ApiTokenAnswer token, bool isExtra) => IsDue(token)
        ? Make(token.Id, token, "Remove the old token, whose grace period is over", isRetiring: true, isExtra: isExtra)
        : Make(token.Id, token, null, skip: $"it is removed on {Days.Say(Claim.Read(token)!.At ?? Now)}; its successor is {Claim.Read(token)!.By}");

    private bool IsDue(ApiTokenAnswer token) => Claim.Read(token) is { Verb: Claim.Retire, At: { } at } && at <= Now;

    private RotationJob Make(string oldId, ApiTokenAnswer? token, string? plan, string? skip = null, bool isRetiring = false, bool isExtra = false, AstroException? failure = null) => new()
    {
        OldId = oldId,
        Listed = token,
        Skip = skip,
        IsRetiring = isRetiring,
        IsExtra = isExtra,
        Failure = failure,
        Candidate = new AstroRotationCandidate { Id = oldId, Token = token?.ToModel(_organization.Id, Now), Plan = plan, NeedsSecret = plan is not null && !isRetiring },
    };

    private string Describe(ApiTokenAnswer token, bool isFirst)
    {
        var verb = isFirst ? "Rotate" : "rotate";
        if (_request.Strategy == AstroRotationStrategy.InPlace)
            return $"{verb} in place: the old value is dead at once";
        var days = _request.ExpiresInDays ?? token.ExpiryPeriodInDays;
        return $"{verb} by a successor that {(days is null && token.EndAt is null ? "never expires" : days is null ? "lives as long" : $"expires in {days} days")}, old token "
            + (_request.GracePeriod > TimeSpan.Zero ? $"removed on {Days.Say(Now + _request.GracePeriod)}" : "removed at once");
    }

    private AstroTokenRotation ToModel(ApiTokenAnswer token)
    {
        var claim = Claim.Read(token)!;
        var isRetiring = claim.Verb == Claim.Retire;
        var since = claim.At ?? token.CreatedAt;
        return new AstroTokenRotation
        {
            OldId = claim.Verb == Claim.Successor ? claim.Of : token.Id,
            NewId = claim.Verb switch { Claim.Successor => token.Id, Claim.Retire => claim.By, _ => null },
            Name = token.Name,
            Strategy = claim.Verb == Claim.Rotating ? AstroRotationStrategy.InPlace : AstroRotationStrategy.Overlap,
            Status = isRetiring ? AstroRotationStatus.Retiring : AstroRotationStatus.Unfinished,
            Reason = isRetiring ? null : $"begun {Days.Say(since)} {(claim.Host == _runner.Host ? "on this machine" : "on another machine")}, {(_runner.IsLive(claim, Now - since) ? "may be under way" : "broken off")}",
            OldTokenRetiresOn = isRetiring ? claim.At : null,
            ExpiresOn = isRetiring ? null : token.EndAt,
        };
    }
}
