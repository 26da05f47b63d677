using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Rotation;

/// <summary>
/// Create, prove, store, retire. Up to the write to the vault everything can be taken back; what comes then is the handover.
/// </summary>
internal sealed class OverlapRotation
{
    private readonly RotationScene _scene;
    private readonly Keeper _keeper;
    private readonly AstroTokenRotation _result;
    private readonly ApiTokenCreator _creator;

    internal OverlapRotation(RotationScene scene, Keeper keeper, AstroTokenRotation result)
    {
        _scene = scene;
        _keeper = keeper;
        _result = result;
        _creator = new ApiTokenCreator(scene.Api, scene.Organization);
    }

    /// <summary>Rotates one token.</summary>
    /// <returns>False: something was in the way that has to be settled first; begin again.</returns>
    /// <exception cref="AstroException">It was rolled back, or is not finished.</exception>
    internal async Task<bool> RunAsync(ApiTokenAnswer old)
    {
        // Whether the vault is there, open and readable, before anything is made. That it can be written shows when it is
        // written, by the one run that may, while all can still be taken back.
        if (await Failing.RollBackAsync(old, () => _keeper.FindReplacementAsync(old)) is { } replacement)
            return await Replaced.AdoptAsync(_scene, _keeper, _result, old, replacement);
        var creation = Plan(old);
        var born = _scene.NewClaim(Claim.Successor, _keeper.SecretName) with { Of = old.Id };
        var created = await Failing.RollBackAsync(old, () => _creator.CreateAsync(creation, born.ToMarker(), withDescription: true));
        var issued = created.ToIssued(_scene.Organization.Id, _scene.Now);
        var election = ElectionResult.Lost;
        try
        {
            election = await new Election(_scene).HoldAsync(old, created);

            // After the look for others: a run that left no note of its successor had retired the old token before.
            if (election == ElectionResult.Won && await ReadOldAsync(old.Id) is { } latest)
            {
                old = latest;
                await CopyRolesAsync(old, created);
                (await _scene.AskAsync(created, issued.Token, AstroCredentialSource.Parameter, "Astro's answer")).Accept(old.Name, _scene.Api.Call.Sink);
                _scene.CheckAge(created.CreatedAt, old.Name);
            }
            else if (election == ElectionResult.Won)
            {
                election = ElectionResult.Lost;
            }
        }
        catch (Exception e)
        {
            await Failing.UndoAsync(_scene, old, created, e);
            if (e is not AstroException cause)
                throw;
            throw Failing.RolledBack(old, cause);
        }

        if (election == ElectionResult.Won)
            return await new Handover(_scene, _keeper, _result).RunAsync(old, created, issued);
        await Failing.UndoAsync(_scene, old, created, null);
        if (election == ElectionResult.Leftover)
            return false;
        _result.Status = AstroRotationStatus.Skipped;
        _result.Reason ??= "another run is rotating it";
        return true;
    }

    private ApiTokenCreation Plan(ApiTokenAnswer old)
    {
        var own = old.Roles?.Find(r => r.EntityType == old.Scope)
            ?? throw new AstroException(
                nameof(Strings.RotationRolesUnknown),
                Strings.Format(Strings.RotationRolesUnknown, old.Name, old.Id, old.Scope.ToLowerInvariant()),
                AstroErrorCategory.InvalidOperation,
                old.Name);
        var life = old.EndAt - old.StartAt;
        return new ApiTokenCreation
        {
            Name = old.Name,
            Role = own.Role,
            Scope = old.Scope,
            Entity = new AstroPlace(own.EntityId),
            Description = DescriptionMarker.Strip(old.Description),
            Kind = old.Kind,
            ExpiresInDays = _scene.Request.ExpiresInDays
                ?? old.ExpiryPeriodInDays
                ?? (life is { } time ? Math.Min(3650, Math.Max(1, (int)Math.Ceiling(time.TotalDays))) : null),
        };
    }

    // What the list said may be old; another run may have been quicker.
    private async Task<ApiTokenAnswer?> ReadOldAsync(string id)
    {
        var old = await _scene.FindAsync(id);
        var claim = old is null ? null : Claim.Read(old);
        if (old is null)
            _result.Reason = "it was rotated or removed meanwhile";
        else if (claim is { Verb: Claim.Retire })
            _result.Reason = $"it was rotated meanwhile; its successor is {claim.By}";
        else if (claim is { Verb: Claim.Rotating } && _scene.IsLiveElsewhere(claim, old))
            _result.Reason = "another run is rotating it";
        return _result.Reason is null ? old : null;
    }

    private async Task CopyRolesAsync(ApiTokenAnswer old, ApiTokenAnswer created)
    {
        if (old.Roles is { Count: > 0 } wanted && !TokenTable.HaveSameRoles(old, created))
            await _scene.Tokens.ReplaceRolesAsync(created.Id, wanted);
    }
}
