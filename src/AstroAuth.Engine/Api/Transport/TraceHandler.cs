using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>Tells each try in one line for -Verbose, and its headers without secrets for -Debug.</summary>
internal sealed class TraceHandler : DelegatingHandler
{
    // Less is no wait that anybody notices.
    private const long ShortestPause = 10;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sink = request.GetItem<AstroCall>(ApiTransport.CallKey)!.Sink;
        // Without the query: an upload's is its credential, and a person's words can be in any.
        var line = $"{request.Method} {request.RequestUri!.GetLeftPart(UriPartial.Path)}";
        var about = $"try {request.GetItem<int>(ApiTransport.TriesKey)}";
        if (request.GetItem<long>(ApiTransport.PacedKey) is >= ShortestPause and var pause)
            about += $", {pause} ms held back by the rate limit";
        sink.Debug($"{line} sent {TracedHeaders.Of(request)}");
        var watch = Stopwatch.StartNew();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var time = watch.ElapsedMilliseconds;
            var id = response.Headers.TryGetValues("x-request-id", out var ids) ? $", request {ApiFailure.OneLine(ids.First())}" : "";
            sink.Verbose($"{line} {(int)response.StatusCode} in {time} ms ({about}{id})");
            sink.Debug($"{line} answered {(int)response.StatusCode} {TracedHeaders.Of(response)}");
            return response;
        }
        catch (Exception e)
        {
            var why = NetworkFailure.IsBroken(e) ? NetworkFailure.Innermost(e) : e is OperationCanceledException ? "given up" : e.GetType().Name;
            sink.Verbose($"{line} failed after {watch.ElapsedMilliseconds} ms ({about}: {ApiFailure.OneLine(why)})");
            throw;
        }
    }
}
