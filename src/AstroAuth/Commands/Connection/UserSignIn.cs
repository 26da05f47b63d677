using System;
using System.Linq;
using System.Threading.Tasks;
using AstroAuth.Hosting;

namespace AstroAuth.Commands.Connection;

/// <summary>The part of Connect-Astro that signs a person in.</summary>
internal sealed class UserSignIn
{
    private readonly AstroCmdlet _cmdlet;
    private readonly AstroLoginRequest _request;
    private readonly AstroPlaces _places;
    private readonly bool _validate;

    internal UserSignIn(AstroCmdlet cmdlet, AstroLoginRequest request, AstroPlaces places, bool validate)
    {
        _cmdlet = cmdlet;
        _request = request;
        _places = places;
        _validate = validate;
    }

    internal string Domain => _request.Domain;

    /// <summary>Whether a session is saved under the connection's name.</summary>
    internal bool HasSaved => AstroCmdlet.Engine.GetSavedSessions().Any(s => string.Equals(s.Name, _request.Name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="AstroException">InteractiveLoginImpossible.</exception>
    internal void RequirePerson()
    {
        if (Interactivity.WhyNot(_cmdlet.Host) is { } why)
        {
            throw new AstroException(
                nameof(Strings.InteractiveLoginImpossible),
                Strings.Format(Strings.InteractiveLoginImpossible, why),
                AstroErrorCategory.InvalidOperation,
                _request.Name);
        }
    }

    /// <summary>Signs in and finds the places.</summary>
    internal AstroConnection SignIn()
    {
        AstroConnection? connection = null;
        try
        {
            _cmdlet.Run(async (pump, _, token) =>
            {
                var host = new LoginHost(pump, _cmdlet);
                var signedIn = await AstroCmdlet.Engine.SignInAsync(_request, host, token);
                connection = await ResolveAsync(new AstroCall(signedIn, host, token), host);
            });
        }
        finally
        {
            if (!_cmdlet.Stopping)
                LoginHost.EndProgress(_cmdlet);
        }

        return connection!;
    }

    /// <summary>Goes on with the saved session; null when it does not fit. Its places hold unless others are named.</summary>
    internal AstroConnection? Resume()
    {
        AstroConnection? connection = null;
        _cmdlet.Run(async (pump, _, token) =>
        {
            var host = new LoginHost(pump, _cmdlet);
            var resumed = await AstroCmdlet.Engine.ResumeAsync(_request, host, token);
            connection = resumed is null || (_places.IsEmpty && resumed.Organization is not null)
                ? resumed
                : await ResolveAsync(new AstroCall(resumed, host, token), host);
        });
        return connection;
    }

    private Task<AstroConnection> ResolveAsync(AstroCall call, LoginHost host) => _validate || !_places.IsEmpty
        ? AstroCmdlet.Engine.ResolveUserAsync(call, _places, host)
        : Task.FromResult(call.Connection);
}
