using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using AstroAuth.Emulator.Access;

namespace AstroAuth.Emulator.Control;

/// <summary>A request as it came, without its secret.</summary>
internal sealed record RecordedRequest(
    string Method, string Path, string Query, int? Status, IReadOnlyDictionary<string, string?> Headers, DateTimeOffset StartedAt,
    double DurationMs);

/// <summary>Everything received since the last reset.</summary>
internal sealed class RequestLog
{
    private const int Most = 50_000;
    private readonly ConcurrentQueue<Entry> _requests = new();

    public void Add(Entry request)
    {
        _requests.Enqueue(request);
        // A load test may run for long; the newest requests are the ones anybody asks for.
        while (_requests.Count > Most)
            _requests.TryDequeue(out _);
    }

    public IReadOnlyList<RecordedRequest> All() => [.. _requests.Select(r => r.Value).OrderBy(r => r.StartedAt)];

    public void Clear() => _requests.Clear();

    /// <summary>A request with what is known of its answer so far.</summary>
    internal sealed class Entry(RecordedRequest value)
    {
        private RecordedRequest _value = value;

        public RecordedRequest Value
        {
            get => Volatile.Read(ref _value);
            set => Volatile.Write(ref _value, value);
        }
    }
}

/// <summary>Writes the request log.</summary>
internal sealed partial class RequestLogMiddleware(RequestDelegate next, RequestLog log, BearerGate gate)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (ControlApi.Owns(context.Request))
        {
            await next(context);
            return;
        }

        var request = context.Request;
        var headers = request.Headers.ToDictionary(h => h.Key, h => (string?)h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        headers["Authorization"] = request.Headers.Authorization.ToString() is { Length: > 0 } value ? gate.KindOf(value) : null;
        var (method, path, query) = (request.Method, request.Path.Value ?? "", Signature().Replace(request.QueryString.Value ?? "", "$1***"));
        // Real time: a moved clock must not reorder what happened.
        var startedAt = DateTimeOffset.UtcNow;
        var watch = Stopwatch.GetTimestamp();
        RequestLog.Entry? entry = null;

        // Before the first byte goes out: who has the answer finds the request in the log.
        context.Response.OnStarting(() =>
        {
            if (entry is null)
                log.Add(entry = new(Record()));
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            if (entry is null)
                log.Add(entry = new(Record()));
            else
                entry.Value = Record();
        }

        RecordedRequest Record()
        {
            int? status = context.RequestAborted.IsCancellationRequested ? null : context.Response.StatusCode;
            return new(method, path, query, status, headers, startedAt, Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        }
    }

    /// <summary>The credential of an upload is in its address.</summary>
    [GeneratedRegex("([?&]sig=)[^&]*", RegexOptions.IgnoreCase)]
    private static partial Regex Signature();
}
