using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Finds out who signed in and where they work (wire contract 2.7).</summary>
internal sealed class UserPlaces
{
    private readonly AstroCall _call;
    private readonly IAstroLoginHost _host;

    internal UserPlaces(AstroCall call, IAstroLoginHost host)
    {
        _call = call;
        _host = host;
    }

    /// <summary>The places that are named, the last used, the only ones or the person's choice; remembered for the next time.</summary>
    internal async Task<AstroConnection> ResolveAsync(AstroPlaces named)
    {
        var session = (AstroSession)_call.Connection.Session;
        var self = await new Users(new ApiClient(_call)).EnsureSelfAsync().ConfigureAwait(false);
        var invitations = new Invitations(self, session.ServerClock.GetUtcNow());
        CheckStatus(self, invitations);
        var credential = (UserCredential)session.Credential;
        AstroConnection connection;
        try
        {
            connection = await FindAsync(named, credential.Known).ConfigureAwait(false);
        }
        catch (AstroException e) when (invitations.Explain(e, named.Organization) is { } better)
        {
            throw better;
        }

        invitations.Tell(connection, _call.Sink);
        credential.Remember(credential.Known.At(connection.Organization, connection.Workspace), _call.Sink);
        return connection;
    }

    private async Task<AstroConnection> FindAsync(AstroPlaces named, SavedSession last)
    {
        var organization = named.Organization is null ? await ChooseOrganizationAsync(last.Organization).ConfigureAwait(false) : null;
        var connection = _call.Connection.With(organization, null, null);
        connection = await new ConnectionResolver(_call.As(connection)).ResolveAsync(named, validate: organization is null).ConfigureAwait(false);
        if (connection.Workspace is not null || connection.Deployment is not null)
            return connection;

        var workspace = await ChooseWorkspaceAsync(connection, last.Workspace).ConfigureAwait(false);
        return connection.With(connection.Organization, workspace, null);
    }

    private static void CheckStatus(SelfAnswer self, Invitations invitations)
    {
        if (self.Status is null or "ACTIVE")
            return;
        if (self.Status == "PENDING")
            invitations.ThrowIfAny();
        throw new AstroException(
            nameof(Strings.UserNotActive),
            Strings.Format(
                Strings.UserNotActive,
                self.Username,
                self.Status,
                self.Status == "PENDING" ? "Open the invitation in your mailbox first." : "Ask an owner of the organization."),
            AstroErrorCategory.PermissionDenied,
            self.Username);
    }

    private async Task<AstroPlace> ChooseOrganizationAsync(AstroPlace? last)
    {
        var organizations = new Organizations(new ApiClient(_call));
        var visible = await organizations.ListAsync().ConfigureAwait(false);
        if (last is not null && visible.Find(o => o.Id == last.Id) is { } again)
            return again.ToPlace();
        if (visible.Count > 1 && await _host.ChooseAsync("organization", visible.ConvertAll(o => o.ToPlace())).ConfigureAwait(false) is { } chosen)
            return chosen;
        return organizations.Choose(visible);
    }

    private async Task<AstroPlace?> ChooseWorkspaceAsync(AstroConnection connection, AstroPlace? last)
    {
        var workspaces = await new Places(new ApiClient(_call.As(connection))).ListWorkspacesAsync(connection.Organization!.Id).ConfigureAwait(false);
        if (workspaces.Count <= 1)
            return workspaces.FirstOrDefault();
        if (last is not null && workspaces.FirstOrDefault(w => w.Id == last.Id) is { } again)
            return again;
        return await _host.ChooseAsync("workspace", workspaces).ConfigureAwait(false) ?? throw new AstroException(
            nameof(Strings.WorkspaceChoiceRequired),
            Strings.Format(Strings.WorkspaceChoiceRequired, workspaces.Count, Describe(workspaces)),
            AstroErrorCategory.InvalidArgument,
            connection.Name);
    }

    private static string Describe(IEnumerable<AstroPlace> places) => string.Join(", ", places.Take(10).Select(p => $"{p.Name} ({p.Id})"));
}
