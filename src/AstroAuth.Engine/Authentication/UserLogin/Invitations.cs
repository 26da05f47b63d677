using System;
using System.Collections.Generic;
using System.Linq;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>The organizations a person is invited to and has not joined; what an invitation stands for cannot be used before.</summary>
internal sealed class Invitations
{
    private readonly string _user;
    private readonly List<InviteAnswer> _pending;
    private readonly List<InviteAnswer> _expired;

    /// <param name="self">Who signed in.</param>
    /// <param name="now">Astro's time.</param>
    internal Invitations(SelfAnswer self, DateTimeOffset now)
    {
        _user = self.Username;
        var all = (self.Invites ?? []).Where(i => i.OrganizationId.Length > 0).ToLookup(i => i.ExpiresAt > now);
        _pending = [.. all[true].OrderBy(i => i.ExpiresAt)];
        _expired = [.. all[false].OrderByDescending(i => i.ExpiresAt)];
    }

    /// <exception cref="AstroException">InvitationPending.</exception>
    internal void ThrowIfAny()
    {
        if (_pending.Count > 0)
            throw Pending();
    }

    /// <summary>The better word for a failure to find an organization; null where no invitation has to do with it.</summary>
    /// <param name="failure">Why no organization was found.</param>
    /// <param name="named">The organization that was asked for, or null.</param>
    internal AstroException? Explain(AstroException failure, string? named) => failure.ErrorId switch
    {
        nameof(Strings.NoOrganization) when _pending.Count > 0 => Pending(),
        nameof(Strings.NoOrganization) when _expired.Count > 0 => new AstroException(
            nameof(Strings.InvitationExpired),
            Strings.Format(Strings.InvitationExpired, _user, $"organization {_expired[0].OrganizationId} (until {Days.Say(_expired[0].ExpiresAt)})"),
            AstroErrorCategory.PermissionDenied,
            _user),
        nameof(Strings.OrganizationNotFound) when _pending.Exists(i => i.OrganizationId == named) => Pending(),
        _ => null,
    };

    /// <summary>Says what waits for an answer beside the organization that is used.</summary>
    internal void Tell(AstroConnection connection, IAstroSink sink)
    {
        var others = _pending.Where(i => i.OrganizationId != connection.Organization?.Id).ToList();
        if (others.Count > 0)
            sink.Warning($"{_user} is also invited to {Describe(others)}. Accept in the mail the invitation came with or in Astro's web page; until then it cannot be used.");
    }

    private AstroException Pending() => new(
        nameof(Strings.InvitationPending),
        Strings.Format(Strings.InvitationPending, _user, Describe(_pending)),
        AstroErrorCategory.PermissionDenied,
        _user);

    private static string Describe(IEnumerable<InviteAnswer> invites) =>
        string.Join(", ", invites.Take(10).Select(i => $"organization {i.OrganizationId} (until {Days.Say(i.ExpiresAt)})"));
}
