using System;
using AstroAuth.Engine.Api;

namespace AstroAuth.Engine.Rotation;

/// <summary>Which tokens need no rotation yet, so that a schedule can run every hour.</summary>
internal static class Schedule
{
    /// <summary>Why a token is to be left alone, or null when it is due. With both limits either makes it due.</summary>
    internal static string? WhyNot(ApiTokenAnswer token, AstroRotationRequest request, DateTimeOffset now)
    {
        if (request.OlderThan is null && request.ExpiringWithin is null)
            return null;
        var since = token.LastRotatedAt ?? token.StartAt;
        if (request.OlderThan is { } age && now - since >= age)
            return null;
        if (request.ExpiringWithin is { } soon && token.EndAt is { } end && end - now <= soon)
            return null;
        return (request.OlderThan is null ? "" : $"its value is from {Days.Say(since)}, not older than {Days.Say(request.OlderThan.Value)}")
            + (request is { OlderThan: not null, ExpiringWithin: not null } ? ", and " : "")
            + (request.ExpiringWithin is null ? "" : token.EndAt is { } at ? $"it ends on {Days.Say(at)}, not within {Days.Say(request.ExpiringWithin.Value)}" : "it never ends");
    }
}
