using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>One request as the resources ask for it; the transport makes as many HTTP messages of it as it takes.</summary>
internal sealed record ApiRequest(HttpMethod Method, Uri Address)
{
    internal byte[]? Body { get; init; }

    /// <summary>A body that is a piece of a larger array, in place of <see cref="Body" />.</summary>
    internal ArraySegment<byte>? Part { get; init; }

    internal string ContentType { get; init; } = "application/json";

    /// <summary>Whether a repetition does no harm. Reads and deletions always; a POST only when it says so.</summary>
    internal bool IsSafeToRepeat { get; init; } = Method != HttpMethod.Post;

    /// <summary>Whether the caller keeps a pace of its own, so that a 429 is an answer to it.</summary>
    internal bool IsPaced { get; init; }

    /// <summary>Sent without a credential.</summary>
    internal bool IsAnonymous { get; init; }

    /// <summary>The one place besides Astro's API that may see the bearer with this request: a deployment's Airflow, at the address that Astro itself gave.</summary>
    internal Uri? BearerRoot { get; init; }

    /// <summary>Goes to an object store, which says 408 or 500 where it means to be asked again.</summary>
    internal bool IsStorage { get; init; }

    /// <summary>Headers beside those that every request has.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Reads the body of a good answer from the wire, without the whole of it in memory; null to keep its bytes.</summary>
    internal Func<Stream, CancellationToken, ValueTask<object?>>? ReadBody { get; init; }

    internal string Path => Address.AbsolutePath;
}

/// <summary>A whole answer.</summary>
internal sealed record ApiReply(ApiRequest Request, int StatusCode)
{
    /// <summary>The bytes of the body; empty when <see cref="ApiRequest.ReadBody" /> has read it.</summary>
    internal byte[] Body { get; init; } = [];

    /// <summary>What <see cref="ApiRequest.ReadBody" /> made of the body.</summary>
    internal object? Result { get; init; }

    internal string? MediaType { get; init; }

    internal string? RequestId { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    internal string? Location { get; init; }

    internal int Tries { get; init; }

    internal HttpResponseHeaders? Headers { get; init; }

    internal bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>The first value of a header, or null.</summary>
    internal string? Header(string name) => Headers is not null && Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
