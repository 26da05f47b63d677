using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication;

/// <summary>How a session proves itself. One file a kind.</summary>
internal abstract class Credential
{
    internal abstract AstroCredentialKind Kind { get; }

    /// <summary>What the value says of itself; null when there is nothing to read.</summary>
    internal abstract AstroTokenInfo? Info { get; }

    /// <summary>ORGANIZATION, WORKSPACE or DEPLOYMENT as far as the credential itself says; null for a user.</summary>
    internal virtual string? Scope => Info?.Scope;

    /// <summary>The user name of the person who signed in, or null.</summary>
    internal virtual string? User => null;

    /// <summary>Whether it is the same credential, so that one session can serve both.</summary>
    internal abstract bool IsSameAs(Credential other);

    /// <summary>The bearer at hand when it lives long enough; null when one has to be asked for.</summary>
    /// <exception cref="AstroCredentialException">It has ended or cannot live as long.</exception>
    internal abstract Bearer? TryGet(TimeSpan minimumLifetime, string connection);

    /// <summary>The bearer, renewed when needed.</summary>
    internal abstract Task<Bearer> GetAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call);

    /// <summary>The bearer was refused although it should work: whether another try with a new one is worth it.</summary>
    internal virtual bool Refused(Bearer bearer) => false;
}
