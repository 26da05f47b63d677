using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>The headers of a message as -Debug shows them: values only of those that are known to hold no secret, of all others the name.</summary>
internal static class TracedHeaders
{
    private const string Hidden = "***";

    private static readonly string[] Shown =
    [
        "Accept", "Age", "Allow", "Cache-Control", "CF-Ray", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Date", "ETag",
        "Retry-After", "Server", "Transfer-Encoding", "User-Agent", "Vary", "Via", "X-Cache",
        "x-astro-client-identifier", "x-astro-client-version", "x-client-os-identifier", "x-request-id",
        "x-ms-blob-type", "x-ms-error-code", "x-ms-request-id", "x-ms-version", "x-ms-version-id",
        "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
    ];

    internal static string Of(HttpRequestMessage request) => Describe(request.Headers, request.Content?.Headers);

    internal static string Of(HttpResponseMessage response) => Describe(response.Headers, response.Content?.Headers);

    private static string Describe(HttpHeaders own, HttpContentHeaders? content) =>
        "[" + string.Join("; ", Enumerable.Concat(own, content ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()).Select(Describe)) + "]";

    private static string Describe(KeyValuePair<string, IEnumerable<string>> header) =>
        $"{header.Key}: {(Array.Exists(Shown, s => s.Equals(header.Key, StringComparison.OrdinalIgnoreCase)) ? ApiFailure.OneLine(string.Join(",", header.Value)) : Hidden)}";
}
