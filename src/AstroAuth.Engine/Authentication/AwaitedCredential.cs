using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication;

/// <summary>The credential that a connection does not have yet.</summary>
internal sealed class AwaitedCredential : Credential
{
    internal AwaitedCredential(string? user) => User = user;

    internal override AstroCredentialKind Kind => AstroCredentialKind.None;

    internal override AstroTokenInfo? Info => null;

    /// <summary>The person who is expected to sign in, or null.</summary>
    internal override string? User { get; }

    internal override bool IsSameAs(Credential other) => ReferenceEquals(this, other);

    internal override Bearer? TryGet(TimeSpan minimumLifetime, string connection) => throw Awaited(connection);

    internal override Task<Bearer> GetAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call) => throw Awaited(call.Connection.Name);

    private static AstroCredentialException Awaited(string connection) =>
        new(nameof(Strings.CredentialAwaited), Strings.Format(Strings.CredentialAwaited, connection), connection);
}
