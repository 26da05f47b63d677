using System;
using System.Collections.Concurrent;
using System.Text;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Api;

/// <summary>Finds the session of a credential that somebody still uses. Holds no secret and keeps no session alive.</summary>
internal sealed class SessionCache
{
    private readonly ConcurrentDictionary<string, WeakReference<AstroSession>> _sessions = new(StringComparer.Ordinal);

    internal AstroSession GetOrAdd(string domain, AstroCredentialKind kind, string? id, string secret, Func<AstroSession> make)
    {
        var key = Convert.ToBase64String(Compatibility.Sha256(Encoding.UTF8.GetBytes($"{domain}\n{kind}\n{id}\n{secret}")));
        while (true)
        {
            var entry = _sessions.GetOrAdd(key, _ => new WeakReference<AstroSession>(make()));
            if (entry.TryGetTarget(out var session))
                return session;
            Prune();
        }
    }

    private void Prune()
    {
        foreach (var entry in _sessions)
        {
            if (!entry.Value.TryGetTarget(out _))
                _sessions.TryRemove(entry.Key, out _);
        }
    }
}
