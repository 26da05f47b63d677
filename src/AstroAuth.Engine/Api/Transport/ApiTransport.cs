using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>
/// A session's pipeline of handlers, outermost first: retry, limit, authorize, identify, trace. The sockets below are shared
/// by all sessions of the process that trust the same roots.
/// </summary>
internal sealed class ApiTransport : IDisposable
{
    internal const string CallKey = "AstroAuth.Call";
    internal const string RequestKey = "AstroAuth.Request";
    internal const string TriesKey = "AstroAuth.Tries";
    internal const string BodyKey = "AstroAuth.Body";
    internal const string ResultKey = "AstroAuth.Result";

    private static readonly ConcurrentDictionary<TrustedRoots, HttpMessageHandler> Sockets = new();

    private readonly LimitHandler _limit;
    private readonly HttpMessageInvoker _invoker;

    internal ApiTransport(AstroSession session, TrustedRoots roots)
    {
        Roots = roots;
        var primary = GetSockets(roots);
        _limit = new LimitHandler
        {
            InnerHandler = new AuthorizeHandler(session)
            {
                InnerHandler = new IdentifyHandler { InnerHandler = new TraceHandler { InnerHandler = primary } },
            },
        };
        _invoker = new HttpMessageInvoker(new RetryHandler(session.Clock) { InnerHandler = _limit }, disposeHandler: false);
    }

    internal TrustedRoots Roots { get; }

    /// <summary>The sockets for these roots; nobody disposes of them.</summary>
    /// <exception cref="AstroException">InvalidCaFile.</exception>
    internal static HttpMessageHandler GetSockets(TrustedRoots roots) => Sockets.GetOrAdd(roots, static r => PrimaryHandler.Create(r.CaFile));

    /// <summary>Sends a request and reads the whole answer, in at most the connection's time.</summary>
    /// <exception cref="AstroNetworkException">No whole answer came.</exception>
    internal async Task<ApiReply> SendAsync(ApiRequest request, AstroCall call)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(call.Connection.TimeoutSec));
        using var message = CreateMessage(request, call);
        try
        {
            using var response = await _invoker.SendAsync(message, timeout.Token);
            return new ApiReply(request, (int)response.StatusCode)
            {
                Body = message.GetItem<byte[]>(BodyKey) ?? [],
                Result = message.GetItem<object>(ResultKey),
                MediaType = response.Content?.Headers.ContentType?.MediaType,
                RequestId = response.Headers.TryGetValues("x-request-id", out var ids) ? ids.FirstOrDefault() : null,
                RetryAfter = RetryHandler.GetRetryAfter(response, DateTimeOffset.UtcNow),
                Location = response.Headers.Location?.IsAbsoluteUri == true ? response.Headers.Location.Host : null,
                Tries = message.GetItem<int>(TriesKey),
            };
        }
        catch (OperationCanceledException) when (!call.CancellationToken.IsCancellationRequested)
        {
            throw NetworkFailure.Timeout(request, call.Connection.TimeoutSec);
        }
        catch (Exception e) when (NetworkFailure.IsBroken(e))
        {
            throw NetworkFailure.From(e, request);
        }
    }

    internal static HttpRequestMessage CreateMessage(ApiRequest request, AstroCall call)
    {
        var message = new HttpRequestMessage(request.Method, request.Address);
        message.SetItem(CallKey, call);
        message.SetItem(RequestKey, request);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }

        return message;
    }

    // The sockets are shared and stay.
    public void Dispose() => _limit.DisposeLimiters();
}
