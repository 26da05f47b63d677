using System;
using AstroAuth.Engine.Rotation;
using AstroAuth.Engine.Tokens;

namespace AstroAuth.Engine.Audit;

/// <summary>A token with what several rules want to know of it.</summary>
internal readonly struct AuditedToken
{
    internal AuditedToken(AstroApiToken token, DateTimeOffset now)
    {
        Token = token;
        HasEnded = token.ExpiresOn <= now;

        // Few descriptions hold a marker; the others need no search by pattern.
        Work = token.Description.Contains("[astroauth:") ? DescriptionMarker.Find(token.Description)?.Verb : null;
    }

    internal AstroApiToken Token { get; }

    internal bool HasEnded { get; }

    /// <summary>What a rotation is doing with it, e.g. <c>retire</c>, or null.</summary>
    internal string? Work { get; }

    /// <summary>Whether its successor is at work, so that it only waits for its end.</summary>
    internal bool IsRetiring => Work == Claim.Retire;
}
