using System;
using System.Collections.Generic;
using System.Net.Http;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Api;

/// <summary>Finds the session of a credential that somebody still uses. It keeps no session, and so no secret, alive.</summary>
internal sealed class SessionCache
{
    private readonly List<WeakReference<AstroSession>> _sessions = [];
    private readonly HttpMessageHandler? _sockets;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sockets">What the sessions send with, in place of the process's sockets.</param>
    internal SessionCache(HttpMessageHandler? sockets = null) => _sockets = sockets;

    internal AstroSession GetOrAdd(AstroDomain domain, Credential credential, TimeProvider clock)
    {
        lock (_sessions)
        {
            for (var i = _sessions.Count - 1; i >= 0; i--)
            {
                if (!_sessions[i].TryGetTarget(out var session))
                    _sessions.RemoveAt(i);
                else if (session.Domain.Name == domain.Name && session.Credential.IsSameAs(credential))
                    return session;
            }

            var added = new AstroSession(domain, credential, clock) { Sockets = _sockets };
            _sessions.Add(new WeakReference<AstroSession>(added));
            return added;
        }
    }
}
