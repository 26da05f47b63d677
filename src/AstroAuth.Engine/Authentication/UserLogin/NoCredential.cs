using System;
using System.Threading.Tasks;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Authentication.UserLogin;

/// <summary>Nobody, for the open requests that come before a login.</summary>
internal sealed class NoCredential : Credential
{
    internal static readonly NoCredential Instance = new();

    private NoCredential()
    {
    }

    internal override AstroCredentialKind Kind => AstroCredentialKind.User;

    internal override AstroTokenInfo? Info => null;

    internal override bool IsSameAs(Credential other) => ReferenceEquals(this, other);

    internal override Bearer? TryGet(TimeSpan minimumLifetime, string connection) => null;

    internal override Task<Bearer> GetAsync(AstroSession session, TimeSpan minimumLifetime, AstroCall call) =>
        throw MsalFailure.SessionEnded(call.Connection.Name, "it has not begun");
}
