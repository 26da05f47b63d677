using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using AstroAuth.Engine.Platform;
using Polly;
using Polly.Retry;

namespace AstroAuth.Engine.Api.Transport;

/// <summary>
/// Repeats what may be repeated: reads, deletions and updates on 429, 502, 503, 504 and broken connections; anything on
/// 429 or when no connection came about, because then Astro has done nothing. Honours Retry-After.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private const int MaxRetries = 4;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(20);
    private static readonly ResiliencePropertyKey<HttpRequestMessage> MessageKey = new("AstroAuth.Message");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    internal RetryHandler(TimeProvider clock)
    {
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                ShouldHandle = arguments => new ValueTask<bool>(IsWorthRepeating(arguments.Context, arguments.Outcome)),
                DelayGenerator = arguments => new ValueTask<TimeSpan?>(
                    arguments.Outcome.Result is { } response ? GetRetryAfter(response, clock.GetUtcNow()) : null),
                OnRetry = Report,
            })
            .Build();
    }

    /// <summary>How long the server asks to wait, from seconds or a date (RFC 9110, 10.2.3); null when it does not ask.</summary>
    internal static TimeSpan? GetRetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait is { } time && time > TimeSpan.Zero ? time : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(MessageKey, request);
        try
        {
            return await _pipeline.ExecuteAsync(SendOnceAsync, context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(ResilienceContext context)
    {
        var origin = context.Properties.GetValue(MessageKey, null!);
        origin.SetItem(ApiTransport.TriesKey, origin.GetItem<int>(ApiTransport.TriesKey) + 1);

        // .NET Framework disposes a message's content once it is sent, so that each try gets a message of its own.
        var request = origin.GetItem<ApiRequest>(ApiTransport.RequestKey)!;
        var message = ApiTransport.CreateMessage(request, origin.GetItem<AstroCall>(ApiTransport.CallKey)!);
        message.SetItem(ApiTransport.TriesKey, origin.GetItem<int>(ApiTransport.TriesKey));
        var response = await base.SendAsync(message, context.CancellationToken);
        try
        {
            // Read inside the try: an answer that breaks off in the middle is a broken connection too.
            if (response.IsSuccessStatusCode && request.ReadBody is { } readBody)
            {
                using var stream = await response.Content.ReadAsStreamAsync();
                origin.SetItem(ApiTransport.ResultKey, await readBody(stream, context.CancellationToken));
            }
            else
            {
                origin.SetItem(ApiTransport.BodyKey, await response.Content.ReadBytesAsync(context.CancellationToken));
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static bool IsWorthRepeating(ResilienceContext context, Outcome<HttpResponseMessage> outcome)
    {
        if (context.CancellationToken.IsCancellationRequested)
            return false;
        var message = context.Properties.GetValue(MessageKey, null!);
        var request = message.GetItem<ApiRequest>(ApiTransport.RequestKey)!;
        if (outcome.Exception is { } exception)
        {
            return NetworkFailure.IsBroken(exception)
                && !NetworkFailure.IsFinal(exception)
                && (request.IsSafeToRepeat || NetworkFailure.IsNeverConnected(exception));
        }

        // A wait longer than the time the call has left is the caller's decision.
        var now = DateTimeOffset.UtcNow;
        if (GetRetryAfter(outcome.Result!, now) is { } wait && now + wait >= message.GetItem<DateTimeOffset>(ApiTransport.DeadlineKey))
            return false;

        return (int)outcome.Result!.StatusCode switch
        {
            429 => !request.IsPaced,
            502 or 503 or 504 => request.IsSafeToRepeat,
            408 or 500 => request.IsStorage,
            _ => false,
        };
    }

    private static ValueTask Report(OnRetryArguments<HttpResponseMessage> arguments)
    {
        var message = arguments.Context.Properties.GetValue(MessageKey, null!);
        var request = message.GetItem<ApiRequest>(ApiTransport.RequestKey)!;
        var why = arguments.Outcome.Result is not { } response ? "the connection broke"
            : $"status {(int)response.StatusCode}" + (GetRetryAfter(response, DateTimeOffset.UtcNow) is null ? "" : ", and the server asks for that wait");
        message.GetItem<AstroCall>(ApiTransport.CallKey)!.Sink.Verbose(string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1} is tried again in {2:0.0} s (try {3} of {4}): {5}",
            request.Method,
            request.Address.GetLeftPart(UriPartial.Path),
            arguments.RetryDelay.TotalSeconds,
            arguments.AttemptNumber + 2,
            MaxRetries + 1,
            why));
        if (arguments.Outcome.Exception is { } failure)
            message.SetItem(ApiTransport.FailureKey, failure);
        arguments.Outcome.Result?.Dispose();
        return default;
    }
}
