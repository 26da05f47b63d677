using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth;

/// <summary>The person who signs in, as the engine sees them. Every member may be called from any thread.</summary>
public interface IAstroLoginHost : IAstroSink
{
    /// <summary>Shows the link to the login page.</summary>
    /// <param name="link">The link.</param>
    /// <param name="method">What the person is to do with it.</param>
    Task ShowLinkAsync(Uri link, AstroLoginMethod method);

    /// <summary>Shows the code of a device and where it is to be typed.</summary>
    Task ShowCodeAsync(AstroDeviceCode code);

    /// <summary>Waits for one line from the person, until cancelled.</summary>
    /// <returns>The line, or null when nobody can type one.</returns>
    Task<string?> ReadLineAsync(CancellationToken cancellationToken);

    /// <summary>Lets the person choose.</summary>
    /// <param name="what">What is chosen: <c>organization</c> or <c>workspace</c>.</param>
    /// <param name="places">What there is to choose from.</param>
    /// <returns>The choice, or null when nobody can be asked.</returns>
    Task<AstroPlace?> ChooseAsync(string what, IReadOnlyList<AstroPlace> places);
}
