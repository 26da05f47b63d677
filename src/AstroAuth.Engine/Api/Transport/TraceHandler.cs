using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>Tells the story of each try in one line for -Verbose, and its headers without secrets for -Debug.</summary>
internal sealed class TraceHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sink = request.GetItem<AstroCall>(ApiTransport.CallKey)!.Sink;
        var tries = request.GetItem<int>(ApiTransport.TriesKey);
        var line = $"{request.Method} {request.RequestUri!.GetLeftPart(UriPartial.Path)}";
        sink.Debug($"{line} [{string.Join("; ", request.Headers.Where(h => h.Key != "Authorization").Select(h => $"{h.Key}: {string.Join(",", h.Value)}"))}"
            + (request.Headers.Authorization is null ? "]" : "; Authorization: Bearer ***]"));
        var watch = Stopwatch.StartNew();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var id = response.Headers.TryGetValues("x-request-id", out var ids) ? $", request {ids.FirstOrDefault()}" : "";
            sink.Verbose($"{line} {(int)response.StatusCode} in {watch.ElapsedMilliseconds} ms (try {tries}{id})");
            return response;
        }
        catch (Exception e) when (NetworkFailure.IsBroken(e))
        {
            sink.Verbose($"{line} failed after {watch.ElapsedMilliseconds} ms (try {tries}: {NetworkFailure.Innermost(e)})");
            throw;
        }
    }
}
