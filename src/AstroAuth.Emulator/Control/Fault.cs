using System.Text.RegularExpressions;

namespace AstroAuth.Emulator.Control;

/// <summary>A failure that was asked for: which requests it meets and what it does to them.</summary>
internal sealed record Fault
{
    public string? Method { get; init; }
    public Regex? Path { get; init; }
    public int Skip { get; init; }
    public int Count { get; init; } = 1;
    public int? Status { get; init; }
    public string? RetryAfter { get; init; }
    public string? Cut { get; init; }
    public string? Hold { get; init; }
    public int DelayMs { get; init; }
    public bool Truncate { get; init; }
    public bool Html { get; init; }
    public bool Empty { get; init; }
    public string? Body { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the emulator answers in place of the API.</summary>
    public bool Answers => Status is not null || RetryAfter is not null || Html || Empty || Body is not null;

    public bool Meets(HttpRequest request) =>
        (Method is null || string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || Path.IsMatch(request.Path.Value ?? ""));
}

/// <summary>A fault as the control API lists it.</summary>
internal sealed record FaultView(int Id, string? Method, string? Path, int Skip, int Count, int Seen, int Fired, int Held);

/// <summary>The id of a new fault.</summary>
internal sealed record FaultAnswer(int Id);

/// <summary>A request that met a fault, and may have to stay until the fault is taken away.</summary>
internal sealed class Meeting(Fault fault, Task released, Action<int> onHeld)
{
    public Fault Fault { get; } = fault;

    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task StayAsync(CancellationToken gone)
    {
        onHeld(1);
        try
        {
            await released.WaitAsync(gone);
        }
        finally
        {
            onHeld(-1);
        }
    }
}

/// <summary>The faults that are set, and how often each has met a request.</summary>
internal sealed class FaultBook
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private int _lastId;

    public int Add(Fault fault)
    {
        lock (_lock)
        {
            _entries.Add(new(++_lastId, fault));
            return _lastId;
        }
    }

    /// <summary>Takes one fault away, or all; what they hold goes on its way.</summary>
    /// <returns>How many there were.</returns>
    public int Remove(int? id = null)
    {
        List<Entry> removed;
        lock (_lock)
        {
            removed = _entries.FindAll(e => id is null || e.Id == id);
            _entries.RemoveAll(removed.Contains);
        }

        foreach (var entry in removed)
            entry.Release.TrySetResult();
        return removed.Count;
    }

    public IReadOnlyList<FaultView> List()
    {
        lock (_lock)
            return [.. _entries.Select(e => new FaultView(
                e.Id, e.Fault.Method, e.Fault.Path?.ToString(), e.Fault.Skip, e.Fault.Count, e.Seen, e.Fired, e.Held))];
    }

    /// <summary>The first fault that this request has to suffer.</summary>
    public Meeting? Next(HttpRequest request)
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
            {
                var spent = entry.Fault.Count != 0 && entry.Fired >= entry.Fault.Count;
                if (spent || !entry.Fault.Meets(request) || ++entry.Seen <= entry.Fault.Skip)
                    continue;
                entry.Fired++;
                return new(entry.Fault, entry.Release.Task, by => Count(entry, by));
            }

            return null;
        }
    }

    private void Count(Entry entry, int by)
    {
        lock (_lock)
            entry.Held += by;
    }

    private sealed class Entry(int id, Fault fault)
    {
        public int Id { get; } = id;
        public Fault Fault { get; } = fault;
        public int Seen { get; set; }
        public int Fired { get; set; }
        public int Held { get; set; }
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
