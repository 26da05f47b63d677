using System.Security;
using AstroAuth.Engine.Api;
using AstroAuth.Engine.Authentication;

namespace AstroAuth.Engine.Rotation;

/// <summary>The token by which the run itself is let in.</summary>
internal static class OwnToken
{
    internal static bool IsIt(RotationScene scene, string id) => scene.Api.Session.Credential is { Kind: AstroCredentialKind.ApiToken, Info.TokenId: { } own } && own == id;

    /// <summary>Whether the connection can go on with the new value: not when it is read anew from where the old one stays.</summary>
    /// <exception cref="AstroException">RotationOwnToken.</exception>
    internal static void Check(RotationScene scene, ApiTokenAnswer token)
    {
        var connection = scene.Api.Call.Connection;
        var isKeptForAWhile = scene.Request is { Strategy: AstroRotationStrategy.Overlap, GracePeriod.Ticks: > 0 };
        if (!IsIt(scene, token.Id) || connection.Source != AstroCredentialSource.Environment || scene.Request.Force || isKeptForAWhile)
            return;
        throw new AstroException(
            nameof(Strings.RotationOwnToken),
            Strings.Format(Strings.RotationOwnToken, token.Name, token.Id, connection.Name, connection.SourceDetail),
            AstroErrorCategory.InvalidOperation,
            token.Name);
    }

    /// <summary>The session goes on with the new value, and with it every connection that shares it.</summary>
    internal static void TakeOver(RotationScene scene, SecureString value)
    {
        var session = scene.Api.Session;
        var text = CredentialText.Clean(SecureStrings.Reveal(value), "API token", "Astro's answer");
        session.TakeOver(FixedCredential.ApiToken(text, "its rotation", session.Domain, session.ServerClock));
        var connection = scene.Api.Call.Connection;
        scene.Api.Call.Sink.Verbose($"The connection '{connection.Name}' goes on with the new value of its token.");
        if (connection.Source == AstroCredentialSource.Environment)
            scene.Api.Call.Sink.Warning($"The token that {connection.SourceDetail} holds has been rotated: set {connection.SourceDetail} to the new value before the old one ends.");
    }
}
