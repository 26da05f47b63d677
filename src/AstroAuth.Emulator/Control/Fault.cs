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
internal sealed record FaultView(int Id, string? Method, string? Path, int Skip, int Count, int Seen, int Fired);

/// <summary>The id of a new fault.</summary>
internal sealed record FaultAnswer(int Id);

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

    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }

    public IReadOnlyList<FaultView> List()
    {
        lock (_lock)
            return [.. _entries.Select(e => new FaultView(
                e.Id, e.Fault.Method, e.Fault.Path?.ToString(), e.Fault.Skip, e.Fault.Count, e.Seen, e.Fired))];
    }

    /// <summary>The first fault that this request has to suffer.</summary>
    public Fault? Next(HttpRequest request)
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
            {
                var spent = entry.Fault.Count != 0 && entry.Fired >= entry.Fault.Count;
                if (spent || !entry.Fault.Meets(request) || ++entry.Seen <= entry.Fault.Skip)
                    continue;
                entry.Fired++;
                return entry.Fault;
            }

            return null;
        }
    }

    private sealed class Entry(int id, Fault fault)
    {
        public int Id { get; } = id;
        public Fault Fault { get; } = fault;
        public int Seen { get; set; }
        public int Fired { get; set; }
    }
}
