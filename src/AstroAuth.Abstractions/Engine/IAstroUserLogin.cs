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
}
