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
    internal const string FailureKey = "AstroAuth.Failure";
    internal const string DeadlineKey = "AstroAuth.Deadline";
    internal const string PacedKey = "AstroAuth.Paced";

    private static readonly ConcurrentDictionary<(TrustedRoots Roots, bool IsLoopback), HttpMessageHandler> Sockets = new();

    private readonly LimitHandler _limit;
    private readonly HttpMessageInvoker _invoker;
    private readonly ServerClock _serverClock;

    internal ApiTransport(AstroSession session, TrustedRoots roots)
    {
        Roots = roots;
        _serverClock = session.ServerClock;
        var primary = session.Sockets ?? GetSockets(roots, session.Domain.IsLoopback);
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
    internal static HttpMessageHandler GetSockets(TrustedRoots roots, bool isLoopback) =>
        Sockets.GetOrAdd((roots, isLoopback), static key => PrimaryHandler.Create(key.Roots.CaFile, useProxy: !key.IsLoopback));

    /// <summary>Sends a request and reads the whole answer, in at most the connection's time.</summary>
    /// <exception cref="AstroNetworkException">No whole answer came.</exception>
    internal async Task<ApiReply> SendAsync(ApiRequest request, AstroCall call)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(call.Connection.TimeoutSec));
        using var message = CreateMessage(request, call);
        message.SetItem(DeadlineKey, DateTimeOffset.UtcNow.AddSeconds(call.Connection.TimeoutSec));
        try
        {
            using var response = await _invoker.SendAsync(message, timeout.Token);
            _serverClock.Observe(response);
            return new ApiReply(request, (int)response.StatusCode)
            {
                Body = message.GetItem<byte[]>(BodyKey) ?? [],
                Result = message.GetItem<object>(ResultKey),
                MediaType = response.Content?.Headers.ContentType?.MediaType,
                RequestId = response.Headers.TryGetValues("x-request-id", out var ids) ? ids.FirstOrDefault() : null,
                RetryAfter = RetryHandler.GetRetryAfter(response, DateTimeOffset.UtcNow),
                Location = response.Headers.Location?.IsAbsoluteUri == true ? response.Headers.Location.Host : null,
                Tries = message.GetItem<int>(TriesKey),
                Headers = response.Headers,
            };
        }
        catch (Exception e) when (call.CancellationToken.IsCancellationRequested && (e is OperationCanceledException || NetworkFailure.IsBroken(e)))
        {
            // .NET Framework ends a cancelled read with a broken connection.
            throw new OperationCanceledException(e.Message, e, call.CancellationToken);
        }
        catch (Exception e) when (timeout.IsCancellationRequested && (e is OperationCanceledException || NetworkFailure.IsBroken(e)))
        {
            // Where every try so far met a closed door, that is the better answer than that the time is up.
            throw request.IsSafeToRepeat && message.GetItem<Exception>(FailureKey) is { } last && NetworkFailure.IsNeverConnected(last)
                ? NetworkFailure.From(last, request)
                : NetworkFailure.Timeout(request, call.Connection.TimeoutSec);
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
        foreach (var header in request.Headers)
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        if ((request.Part ?? (request.Body is { } body ? new ArraySegment<byte>(body) : default)) is { Array: not null } content)
        {
            message.Content = new ByteArrayContent(content.Array, content.Offset, content.Count);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }
        else if (request.Method == HttpMethod.Post)
        {
            // Without any content .NET repeats a POST by itself when a connection it reuses turns out to be closed.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }

    // The sockets are shared and stay.
    public void Dispose() => _limit.DisposeLimiters();
}
