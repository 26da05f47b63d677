using System;
using System.Net.Http;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>One request as the resources ask for it; the transport makes as many HTTP messages of it as it takes.</summary>
internal sealed record ApiRequest(HttpMethod Method, Uri Address)
{
    internal byte[]? Body { get; init; }

    internal string ContentType { get; init; } = "application/json";

    /// <summary>Whether a repetition does no harm. Reads and deletions always; a POST only when it says so.</summary>
    internal bool IsSafeToRepeat { get; init; } = Method != HttpMethod.Post;

    /// <summary>Sent without a credential.</summary>
    internal bool IsAnonymous { get; init; }

    internal string Path => Address.AbsolutePath;
}

/// <summary>A whole answer.</summary>
internal sealed record ApiReply(ApiRequest Request, int StatusCode, byte[] Body)
{
    internal string? MediaType { get; init; }

    internal string? RequestId { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    internal string? Location { get; init; }

    internal int Tries { get; init; }

    internal bool IsSuccess => StatusCode is >= 200 and < 300;
}
