using System;
using System.Net.Http;
using System.Threading;
using AstroAuth.Engine.Api.Transport;
using AstroAuth.Engine.Authentication;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Api;

/// <summary>
/// One credential at one domain with the transport that carries it. Connections with the same credential share one,
/// so that renewals and rate limits count once.
/// </summary>
internal sealed class AstroSession : IAstroSession, IDisposable
{
    private readonly object _gate = new();
    private ApiTransport? _transport;
    private AstroPlace? _organization;
    private Credential _credential;

    internal AstroSession(AstroDomain domain, Credential credential, TimeProvider clock)
    {
        Domain = domain;
        _credential = credential;
        Clock = clock;
        ServerClock = new ServerClock(clock);
    }

    // The limiter's timers would outlive a session that nobody holds any more.
    ~AstroSession() => _transport?.Dispose();

    string IAstroSession.Domain => Domain.Name;

    AstroCredentialKind IAstroSession.Kind => Credential.Kind;

    string? IAstroSession.TokenId => Credential.Info?.TokenId;

    string? IAstroSession.User => Credential.User;

    DateTimeOffset? IAstroSession.ExpiresOn => Credential is RenewedCredential ? null : Credential.Info?.ExpiresOn;

    internal AstroDomain Domain { get; }

    internal Credential Credential => Volatile.Read(ref _credential);

    internal TimeProvider Clock { get; }

    /// <summary>What it sends with in place of the process's sockets, or null.</summary>
    internal HttpMessageHandler? Sockets { get; init; }

    /// <summary>Astro's own time, from its answers.</summary>
    internal ServerClock ServerClock { get; }

    /// <summary>Made on the first request, and anew when ASTRO_CA_FILE has changed: who only asks for an API token's value needs none.</summary>
    /// <exception cref="AstroException">InvalidCaFile.</exception>
    internal ApiTransport Transport
    {
        get
        {
            var roots = TrustedRoots.FromEnvironment();
            lock (_gate)
            {
                // The former one is not disposed of: calls may still be under way in it.
                if (_transport is null || !_transport.Roots.Equals(roots))
                    _transport = new ApiTransport(this, roots);
                return _transport;
            }
        }
    }

    /// <summary>For a session of one call; a connection's own ends with the last connection that holds it.</summary>
    public void Dispose()
    {
        _transport?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Goes on with another value for the same purpose, for all connections that share this session.</summary>
    internal void TakeOver(Credential successor) => Volatile.Write(ref _credential, successor);

    /// <summary>The organization once it has been found out, for connections that do not know it.</summary>
    internal AstroPlace? Organization
    {
        get => Volatile.Read(ref _organization);
        set => Volatile.Write(ref _organization, value);
    }
}
