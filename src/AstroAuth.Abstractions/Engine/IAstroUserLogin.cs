using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>People signing in, and the sessions that last.</summary>
public interface IAstroUserLogin
{
    /// <summary>Signs a person in; the connection's places are found with <see cref="ResolveUserAsync" />.</summary>
    /// <exception cref="AstroException">The login was refused, was not finished, or cannot be made here.</exception>
    Task<AstroConnection> SignInAsync(AstroLoginRequest request, IAstroLoginHost host, CancellationToken cancellationToken);

    /// <summary>Finds out who signed in and fills in the places: those named, the last used, the only one, or the person's choice.</summary>
    /// <exception cref="AstroException">The user may not work, or a place is not found or has to be named.</exception>
    Task<AstroConnection> ResolveUserAsync(AstroCall call, AstroPlaces places, IAstroLoginHost host);

    /// <summary>Goes on with the session that was saved under the request's name; no request is sent while its access token lives.</summary>
    /// <returns>The connection with the places of the last time, or null when none is saved for this name and domain.</returns>
    /// <exception cref="AstroException">The session is over.</exception>
    Task<AstroConnection?> ResumeAsync(AstroLoginRequest request, IAstroSink sink, CancellationToken cancellationToken);

    /// <summary>Ends a user's session: revoked at the login service as far as that can be done, and forgotten here.</summary>
    Task SignOutAsync(AstroCall call);

    /// <summary>Ends the session that was saved under a name, in this process or another.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> SignOutSavedAsync(string name, int timeoutSec, IAstroSink sink, CancellationToken cancellationToken);

    /// <summary>The saved sessions of this user of the machine, by name.</summary>
    IReadOnlyList<AstroSavedSession> GetSavedSessions();
}
