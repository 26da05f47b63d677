using System;
using System.Diagnostics;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.RateLimiting;
using AstroAuth.Engine.Platform;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>Keeps below the documented limits a token has (wire contract 3.4), so that Astro need not say 429.</summary>
internal sealed class LimitHandler : DelegatingHandler
{
    private readonly Lazy<SlidingWindowRateLimiter> _get = Limit(25);
    private readonly Lazy<SlidingWindowRateLimiter> _post = Limit(10);
    private readonly Lazy<SlidingWindowRateLimiter> _delete = Limit(5);

    internal void DisposeLimiters()
    {
        foreach (var limiter in (Lazy<SlidingWindowRateLimiter>[])[_get, _post, _delete])
        {
            if (limiter.IsValueCreated)
                limiter.Value.Dispose();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The login service and Airflow have limits of their own, and what waits here may wait for the login.
        if (request.GetItem<ApiRequest>(ApiTransport.RequestKey) is { IsAnonymous: true } or { BearerRoot: not null })
            return await base.SendAsync(request, cancellationToken);

        var limiter = request.Method == HttpMethod.Get ? _get : request.Method == HttpMethod.Delete ? _delete : _post;
        var watch = Stopwatch.StartNew();
        using var lease = await limiter.Value.AcquireAsync(1, cancellationToken);
        request.SetItem(ApiTransport.PacedKey, watch.ElapsedMilliseconds);
        return await base.SendAsync(request, cancellationToken);
    }

    private static Lazy<SlidingWindowRateLimiter> Limit(int perSecond) => new(() => new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
    {
        PermitLimit = perSecond,
        // A tenth more than the second that is documented, because what is sent evenly does not arrive evenly.
        Window = TimeSpan.FromSeconds(1.1),
        SegmentsPerWindow = 11,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    }));
}
